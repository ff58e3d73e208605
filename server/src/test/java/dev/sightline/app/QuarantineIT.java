package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.worker.Death;
import dev.sightline.worker.WorkerStatus;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that crashes its worker again and again is kept out of it, until an operator lets it back. */
class QuarantineIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private LiveServer server;

    @BeforeEach
    void start() throws IOException {
        BadProcessor.write(folder);
        server = LiveServer.start(folder, text("crashes"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String text(String what) {
        return """
                http: {port: 0}
                processors: [./Bad.java]
                streams:
                  bad: {source: 'pattern:160x120@15', process: [bad: {does: WHAT}], worker: cams}
                  beside: {source: 'pattern:160x120@15', worker: cams}
                """.replace("WHAT", what);
    }

    @Test
    void fiveDeaths_keepTheStreamAtFaultOut_notItsNeighbour_untilItIsReleased() throws IOException {
        try (NumberedViewer beside = NumberedViewer.watch(HttpClient.newHttpClient(), server.address(), "beside")) {
            Await.until(
                    "quarantine", PATIENCE, () -> reason("bad").contains("it is kept out of worker 'cams' for 60 s"));
            assertThat(worker().deaths()).containsExactly(Map.entry(Death.Cause.CRASH, 5L));
            Await.until("the neighbour", PATIENCE, () -> state("beside").equals("LIVE"));
            beside.awaitFrames(15);
            assertThat(beside.hasEnded()).isFalse();
            assertThat(server.api().metric("sightline_worker_quarantined_streams"))
                    .isEqualTo(1);
            assertThat(release("beside")).as("one that is not in").isEqualTo(404);
            assertThat(state("bad")).isEqualTo("OFFLINE");

            mend();
            assertThat(release("bad")).isEqualTo(204);

            Await.until("it is live", () -> state("bad").equals("LIVE"));
            assertThat(worker().starts()).as("processes of the worker").isEqualTo(6);
            Await.until("nobody is in", () -> server.api().metric("sightline_worker_quarantined_streams") == 0);
            assertThat(release("bad")).isEqualTo(404);
            assertThat(beside.hasEnded()).isFalse();
        }
    }

    private void mend() throws IOException {
        long revision = server.config().path("revision").asLong();
        server.save(text("nothing"));
        Await.until("the new settings", () -> server.config().path("revision").asLong() > revision);
    }

    private WorkerStatus worker() {
        return server.workers().get(0);
    }

    private int release(String stream) {
        return server.api()
                .send("DELETE", "/api/workers/quarantine/" + stream, "", Map.of())
                .statusCode();
    }

    private String state(String stream) {
        return server.api().stream(stream).path("state").asString("");
    }

    private String reason(String stream) {
        return server.api().stream(stream).path("reason").asString("");
    }
}
