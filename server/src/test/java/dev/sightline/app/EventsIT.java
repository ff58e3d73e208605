package dev.sightline.app;

import dev.sightline.testkit.Await;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server-sent events of the control API. */
class EventsIT {
    private static final String FILE = """
            http: {port: 0}
            streams:
              cam: {source: 'publish:'}
            """;

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private LiveServer server;

    @BeforeEach
    void start() throws IOException {
        server = LiveServer.start(folder, FILE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void events_ofEveryChange_comeInOrder() throws IOException {
        HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(server.address().resolve("/api/events"))
                                .build(),
                        HttpResponse.BodyHandlers.fromLineSubscriber(new Lines(lines)));
        Await.until("the stream begins", () -> lines.contains("retry: 2000"));

        server.save(FILE.replace("'publish:'", "'pattern:160x120@30'"));
        awaitData("event: applied", "\"changed\":[\"cam\"]");
        awaitData("event: state", "\"name\":\"cam\"", "LIVE");
        server.save("streams: [");
        awaitData("event: refused", "sightline.yml:");
        server.api()
                .send(
                        "PUT",
                        "/api/streams/door",
                        "{\"source\": \"publish:\"}",
                        Map.of("Content-Type", "application/json"));
        awaitData("event: applied", "\"added\":[\"door\"]");
    }

    private void awaitData(String event, String... parts) {
        Await.until(event + " with " + List.of(parts), () -> {
            for (int i = 0; i + 1 < lines.size(); i++) {
                String data = lines.get(i + 1);
                if (lines.get(i).equals(event) && List.of(parts).stream().allMatch(data::contains)) {
                    return true;
                }
            }
            return false;
        });
    }

    /** Keeps the lines of an answer as they come. */
    private record Lines(List<String> lines) implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            lines.add(line);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
