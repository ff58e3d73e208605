package dev.sightline.transport.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.Metadata;
import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.NettyMemory;
import dev.sightline.testkit.PushSource;
import dev.sightline.testkit.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetadataTransportIT {
    private static final Duration SILENCE = Duration.ofMillis(200);

    private final StreamRegistry registry = new StreamRegistry();
    private final PushSource source = new PushSource(320, 240);
    private LiveStream stream;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        stream = registry.start("cam", source, Pipeline.of(List.of()), false);
        registry.startMirror("me", PipelineRecipe.of(List.of()), 1);
        server = serve(Duration.ofMinutes(1));
    }

    private HttpServer serve(Duration silence) throws IOException {
        Routes routes = new Routes();
        new MetadataTransport(registry, silence).addTo(routes);
        return HttpServer.start(HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> false);
    }

    @AfterEach
    void stop() {
        server.close();
        registry.close();
    }

    @Test
    void metadata_everyPicture_isAnEventWithItsIdentity() throws Exception {
        try (RawClient reader = read()) {
            assertThat(block(reader)).isEqualTo("retry: 2000\n\n");
            assertThat(block(reader))
                    .startsWith("event: state\ndata: {\"type\":\"state\",\"state\":\"STARTING\",\"since\":\"");
            source.push(new Metadata().add(new Detection("visage", 0.5, new Box(0, 0.25, 0.5, 0.5), Optional.of("7"))));
            String first = picture(reader);
            assertThat(first)
                    .containsPattern("^id: 1\ndata: \\{\"seq\":1,\"captureTime\":\\d{13}\\.\\d{3},"
                            + "\"rtpTimestamp\":\\d{1,10},\"times\":\\{\"source\":[\\d.]+,\"pipeline\":[\\d.]+},"
                            + "\"metadata\":\\{\"detections\":\\[\\{\"label\":\"visage\","
                            + "\"score\":0.5,\"box\":\\[0.0,0.25,0.5,0.5],\"id\":\"7\"}]}}\n\n$");
            source.push();
            assertThat(picture(reader)).startsWith("id: 2\n").contains("\"metadata\":{}");
        }
        Await.until("nobody reads", () -> readers() == 0);
    }

    @Test
    void metadata_stateChanges_areEventsOfTheirName() throws Exception {
        try (RawClient reader = read()) {
            source.push();
            for (String state : List.of("LIVE", "STALE")) {
                assertThat(until(reader, "{\"type\":\"state\",\"state\":\"" + state + "\""))
                        .startsWith("event: state\ndata: ");
            }
        }
    }

    @Test
    void metadata_nothingHappens_commentsKeepTheConnection() throws Exception {
        server.close();
        server = serve(SILENCE);
        try (RawClient reader = read()) {
            until(reader, "event: state");
            assertThat(block(reader)).isEqualTo(":\n\n");
            assertThat(block(reader)).isEqualTo(":\n\n");
        }
    }

    @Test
    void metadata_head_endsAfterTheHeaders() throws Exception {
        try (RawClient reader = new RawClient(server.address())) {
            String answer = reader.send("HEAD /live/cam/metadata HTTP/1.1\r\nHost: x\r\n\r\n")
                    .readAll();
            assertThat(answer).contains("text/event-stream").endsWith("\r\n\r\n");
            assertThat(readers()).isZero();
        }
    }

    @Test
    void metadata_wrongName_isAProblem() throws Exception {
        try (RawClient reader = new RawClient(server.address())) {
            assertThat(reader.get("/live/cat/metadata").readAnswer())
                    .startsWith("HTTP/1.1 404 ")
                    .contains("did you mean 'cam'?");
            assertThat(reader.get("/live/me/metadata").readAnswer()).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void metadata_streamEnds_answerEnds() throws Exception {
        try (RawClient reader = read()) {
            until(reader, "event: state");
            registry.close();
            assertThat(reader.readAll()).endsWith("");
        }
    }

    @Test
    void metadata_readerWhoStops_missesPicturesAndFindsTheNewest() throws Exception {
        Metadata large = new Metadata().put("note", "x".repeat(50_000));
        try (RawClient slow = read()) {
            for (int i = 1; i <= 200; i++) {
                long expected = i;
                source.push(large);
                Await.until(
                        "picture " + i + " has gone through",
                        () -> stream.status().frames() == expected);
            }
            Await.until("most are missed", () -> stream.status().dropped().viewers() > 150);
            while (!picture(slow).startsWith("id: 200\n")) {
                assertThat(readers()).isOne();
            }
        }
    }

    @Test
    void metadata_readersComeAndGo_noBufferIsLeft() throws Exception {
        server.close();
        long before = NettyMemory.buffersInUse();
        server = serve(SILENCE);
        for (int round = 0; round < 10; round++) {
            try (RawClient one = read();
                    RawClient other = read()) {
                source.push();
                picture(one);
                picture(other);
                source.push();
            }
            Await.until("nobody reads", () -> readers() == 0);
        }
        server.close();
        Await.until("all buffers are released", () -> NettyMemory.buffersInUse() <= before);
    }

    private RawClient read() throws Exception {
        int before = readers();
        RawClient reader = new RawClient(server.address());
        assertThat(reader.get("/live/cam/metadata").readHead())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Content-Type: text/event-stream\r\n")
                .contains("Cache-Control: no-store\r\n");
        Await.until("the reader is taken in", () -> readers() > before);
        return reader;
    }

    private static String picture(RawClient reader) throws IOException {
        return until(reader, "id: ");
    }

    /** The next block that holds something. */
    private static String until(RawClient reader, String part) throws IOException {
        String block = block(reader);
        while (!block.contains(part)) {
            block = block(reader);
        }
        return block;
    }

    private static String block(RawClient reader) throws IOException {
        StringBuilder block = new StringBuilder();
        while (block.indexOf("\n\n", block.length() - 2) < 0) {
            byte[] next = reader.read(1);
            assertThat(next).as("the answer goes on after: %s", block).hasSize(1);
            block.append((char) next[0]);
        }
        return block.toString();
    }

    /** Who is told of metadata is not counted among the viewers. */
    private int readers() {
        return stream.status().renditions().stream()
                .filter(rendition -> rendition.rendition().describe().equals("metadata"))
                .mapToInt(StreamStatus.RenditionStatus::viewers)
                .sum();
    }
}
