package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.testkit.WebSocketViewer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration file is edited under viewers. */
class LiveConfigurationIT {
    private static final String TWO = """
            http: {port: 0}
            # the entrance
            streams:
              cam:
                source: pattern:320x240@30
                process: [motion: {bottom: 0.9}]
              other: {source: 'pattern:160x120@30'}
            """;

    @TempDir
    private Path folder;

    private LiveServer server;
    private WebSocketViewer cam;
    private WebSocketViewer other;

    @BeforeEach
    void start() throws IOException {
        server = LiveServer.start(folder, TWO);
        cam = WebSocketViewer.watch(server.address(), "cam");
        other = WebSocketViewer.watch(server.address(), "other");
        cam.awaitPicture(0);
        other.awaitPicture(0);
    }

    @AfterEach
    void stop() {
        cam.close();
        other.close();
        server.close();
    }

    @Test
    @Tag("smoke")
    void save_anotherParameter_isInTheNextFrames_andNobodyNotices() throws IOException {
        server.save(TWO.replace("motion: {bottom: 0.9}", "text: {text: hello}"));

        Await.until("the new step", () -> server.steps("cam").equals("text"));
        cam.awaitPicture(cam.latest().orElseThrow().seq() + 5);
        assertThat(cam.closeCode()).isEmpty();
        assertThat(server.api().stream("cam").path("retries").asInt())
                .as("the source stays open")
                .isZero();
    }

    @Test
    void save_anotherSource_keepsViewersAndNumbers() throws IOException {
        long before = cam.latest().orElseThrow().seq();

        server.save(TWO.replace("pattern:320x240@30", "pattern:640x480@30"));

        Await.until(
                "the new size",
                () -> cam.latest().orElseThrow().header().path("width").asInt() == 640);
        assertThat(cam.latest().orElseThrow().seq()).isGreaterThan(before);
        assertThat(cam.closeCode()).isEmpty();
        assertThat(cam.pictures()).noneMatch(WebSocketViewer.Shown::isSlate);
    }

    @Test
    void save_streamsAddedAndRemoved_touchesNoOther() throws IOException {
        server.save(TWO.replace("other:", "third: {source: 'publish:'}\n  fourth: {source: 'mirror:'}\n  fifth:"));

        Await.until("other is removed", () -> other.closeCode().isPresent());
        assertThat(server.streams()).isEqualTo("cam third fourth fifth");
        cam.awaitPicture(cam.latest().orElseThrow().seq() + 5);
        assertThat(server.api().stream("fifth").path("state").asString()).isIn("STARTING", "LIVE");
    }

    @Test
    void save_sourceThatBecomesPublished_keepsItsViewers() throws IOException {
        server.save(TWO.replace("source: pattern:320x240@30", "source: 'publish:'"));
        Await.until(
                "it waits for a sender",
                () -> server.api().stream("cam").path("reason").asString("").contains("nobody sends"));

        server.save(TWO);
        cam.awaitPicture(cam.latest().orElseThrow().seq());
        assertThat(cam.closeCode()).isEmpty();
    }

    @Test
    void save_brokenFile_keepsWhatRuns_andSaysAllThatIsWrong() throws IOException {
        server.save(TWO.replace("motion:", "moton:").replace("source: 'pattern:160x120@30'", "sorce: 'pattern:'"));

        Await.until("problems", () -> server.problems().contains("sorce"));
        assertThat(server.problems())
                .contains(":6:", "unknown processor 'moton'", "did you mean 'motion'", ":7:", "did you mean 'source'");
        cam.awaitPicture(cam.latest().orElseThrow().seq() + 5);

        server.save("");
        Await.until("it is empty", () -> server.problems().contains("is empty"));
        server.save("streams: {cam: {source: 'pattern:', process: [\n");
        Await.until("it is no YAML", () -> server.problems().contains("sightline.yml:"));

        server.save(TWO);
        Await.until("all is well", () -> server.problems().equals("[]"));
        assertThat(server.streams()).isEqualTo("cam other");
    }

    @Test
    void save_addressOfTheServer_saysThatItNeedsARestart() throws IOException {
        server.save(TWO.replace("port: 0", "port: 0, max-connections: 7, allowed-origins: ['http://page.example']"));

        Await.until(
                "a restart is asked for", () -> server.config().path("restart").size() == 1);
        assertThat(server.config().path("restart").get(0).asString())
                .isEqualTo("http: max-connections is 7 from the next start on; it stays 10000 until then");
        assertThat(server.api()
                        .send("GET", "/api/streams", "", Map.of("Origin", "http://page.example"))
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .as("allowed origins change at once")
                .contains("http://page.example");
    }
}
