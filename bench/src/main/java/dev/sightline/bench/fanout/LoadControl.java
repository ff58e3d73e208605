package dev.sightline.bench.fanout;

import dev.sightline.bench.Child;
import dev.sightline.bench.ThreadTimes;
import dev.sightline.bench.load.Measured;
import java.net.URI;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** The load client, from afar. */
final class LoadControl implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long ANSWER_SECONDS = 60;

    private final Child client;

    LoadControl(Child client) {
        this.client = client;
    }

    void good(int count, URI address) {
        ask("good " + count + " " + address);
    }

    void slow(long bytesPerSecond, URI address) {
        ask("slow " + bytesPerSecond + " " + address);
    }

    void stopped(URI address) {
        ask("stopped " + address);
    }

    void clear() {
        ask("clear");
    }

    /** Waits for as long, and tells what the viewers saw meanwhile. */
    Measured measure(Duration duration) {
        String answer = client.ask("measure " + duration.toMillis(), duration.toSeconds() + ANSWER_SECONDS);
        return JSON.readValue(answer, Measured.class);
    }

    ThreadTimes threadTimes() {
        return ThreadTimes.of(client.pid());
    }

    private void ask(String line) {
        client.ask(line, ANSWER_SECONDS);
    }

    @Override
    public void close() {
        client.close();
    }
}
