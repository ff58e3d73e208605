package dev.sightline.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.http.limits.InputBudget;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.socketio.StreamEvents;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceSchemes;
import dev.sightline.source.pattern.PatternScheme;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Mirror;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.PublisherStatus;
import dev.sightline.stream.status.ViewerStatus;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.NodeClient;
import dev.sightline.testkit.Pictures;
import dev.sightline.testkit.PushSource;
import dev.sightline.testkit.RawClient;
import dev.sightline.testkit.WebSocketSender;
import dev.sightline.testkit.webrtc.PeerLoop;
import dev.sightline.testkit.webrtc.PeerSettings;
import dev.sightline.testkit.webrtc.WebRtcPeer;
import dev.sightline.transport.metadata.MetadataTransport;
import dev.sightline.transport.mjpeg.MjpegTransport;
import dev.sightline.transport.socketio.SocketIoHandlers;
import dev.sightline.transport.socketio.SocketIoTransport;
import dev.sightline.transport.webrtc.WebRtcSettings;
import dev.sightline.transport.webrtc.WebRtcTransport;
import dev.sightline.transport.websocket.WebSocketTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator looks who is there, and disconnects one: a real client of each transport, which is told in its way. */
class DisconnectIT {
    private static final String WHY = "disconnected by the operator";
    private static final int ALL = 100;

    private final StreamRegistry registry = new StreamRegistry();
    private final PeerLoop peers = new PeerLoop();
    private LiveStream stream;
    private LiveStream published;
    private LiveStream dark;
    private Mirror mirror;
    private WebRtcTransport webRtc;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        stream = registry.start(
                "demo",
                new SourceSchemes(List.of(new PatternScheme())).source("pattern:320x240@30", SourceOptions.DEFAULTS),
                Pipeline.of(List.of()),
                false);
        published = registry.startPublished("me", PipelineRecipe.of(List.of()));
        dark = registry.start("dark", new PushSource(64, 48), Pipeline.of(List.of()), false);
        mirror = registry.startMirror("each", PipelineRecipe.of(List.of()), 8);
        webRtc = WebRtcTransport.open(registry, WebRtcSettings.DEFAULTS.withPort(0), "127.0.0.1");
        server = HttpServer.start(HttpSettings.DEFAULTS.withPort(0), routes(), (origin, host) -> true);
    }

    private Routes routes() {
        Routes routes = new Routes();
        new MjpegTransport(registry).addTo(routes);
        new MetadataTransport(registry).addTo(routes);
        new WebSocketTransport(registry).addTo(routes);
        webRtc.addTo(routes);
        new SocketIoTransport(
                        registry,
                        (origin, host) -> true,
                        new SocketIoHandlers(),
                        stream -> StreamEvents.DEFAULTS,
                        Map.of(),
                        HttpSettings.DEFAULTS,
                        InputBudget.ofProcess())
                .addTo(routes);
        return routes;
    }

    @AfterEach
    void stop() {
        peers.close();
        server.close();
        webRtc.close();
        registry.close();
    }

    @Test
    void disconnect_oneAfterTheOther_eachIsToldInItsWay_andTheOthersStay() throws Exception {
        try (RawClient mjpeg = new RawClient(server.address()).get("/live/demo/mjpeg?headers=full");
                WebSocketSender webSocket = WebSocketSender.v1(server.address(), "/live/demo/ws");
                NodeClient socketIo = socketIo("demo");
                WebRtcPeer peer = WebRtcPeer.watch(peers, address("/live/demo/whep"), PeerSettings.DEFAULTS);
                RawClient metadata = new RawClient(server.address()).get("/live/demo/metadata")) {
            peer.awaitPlaying();
            Await.until("all are there", () -> stream.viewers(ALL).size() == 5);
            assertThat(stream.viewers(ALL))
                    .extracting(ViewerStatus::transport)
                    .containsExactlyInAnyOrder("mjpeg", "websocket", "socketio", "webrtc", "metadata");
            assertThat(stream.viewers(ALL)).extracting(ViewerStatus::address).containsOnly("127.0.0.1");
            assertThat(of("webrtc").rendition()).startsWith("vp8 source ");
            assertThat(of("metadata").rendition()).isEqualTo("metadata");

            disconnect("mjpeg");
            assertThat(mjpeg.readAll()).endsWith("\r\n--frame--\r\n" + WHY + "\r\n");

            disconnect("websocket");
            assertThat(webSocket.awaitClosed()).isEqualTo("4403 " + WHY);

            disconnect("socketio");
            assertThat(socketIo.await("gone")).isEqualTo("gone io server disconnect");

            disconnect("webrtc");
            URI session = peer.session().orElseThrow().resource();
            Await.until("its resource is gone", () -> delete(session) == 404);
            assertThat(explanation(session)).contains("\"explanation\":\"" + WHY + "\"");

            disconnect("metadata");
            assertThat(metadata.readAll()).endsWith("event: disconnected\ndata: {\"reason\":\"" + WHY + "\"}\n\n");
            assertThat(stream.viewers(ALL)).isEmpty();
        }
    }

    @Test
    void disconnect_imageOfAPage_itsAnswerEnds() throws Exception {
        try (RawClient mjpeg = new RawClient(server.address()).get("/live/demo/mjpeg")) {
            Await.until("it watches", () -> stream.viewers(ALL).stream().anyMatch(viewer -> viewer.delivered() > 0));
            disconnect("mjpeg");
            assertThat(mjpeg.readAll()).doesNotContain(WHY).endsWith("--frame\r\nContent-Type: image/jpeg\r\n\r\n");
        }
    }

    @Test
    void disconnect_oneThatWaitsForAPicture_isAnswered403() throws Exception {
        try (RawClient jpeg = new RawClient(server.address()).get("/live/dark/jpeg")) {
            Await.until("it waits", () -> dark.viewers(ALL).size() == 1);
            ViewerStatus waiting = dark.viewers(ALL).get(0);
            assertThat(waiting.transport()).isEqualTo("jpeg");
            assertThat(dark.disconnect(waiting.id())).isTrue();
            assertThat(jpeg.readAnswer()).startsWith("HTTP/1.1 403 ").contains(WHY);
        }
    }

    @Test
    void disconnect_aMirrorsSender_endsItsConnection() throws Exception {
        byte[] picture = Pictures.plain(64, 48, 90);
        try (WebSocketSender one = WebSocketSender.bare(server.address(), "/live/each/ws");
                WebSocketSender two = WebSocketSender.bare(server.address(), "/live/each/ws")) {
            one.send(picture).answer();
            two.send(picture).answer();
            List<ViewerStatus> senders = mirror.viewers(ALL);
            assertThat(senders).extracting(ViewerStatus::transport).containsExactly("websocket", "websocket");

            assertThat(mirror.disconnect(senders.get(0).id())).isTrue();
            Await.until(
                    "one of them goes",
                    () -> one.closed().isPresent() || two.closed().isPresent());
            assertThat(one.closed().or(two::closed)).contains("4403 " + WHY);
            Await.until("the other stays", () -> mirror.viewers(ALL).size() == 1);
            (one.closed().isPresent() ? two : one).send(picture).answer();
        }
    }

    @Test
    void read_ofAPublishedStream_itsPublisherByWebSocketIsToldAtOnce() throws Exception {
        try (WebSocketSender sender = WebSocketSender.bare(server.address(), "/live/me/ws")) {
            sender.send(Pictures.plain(64, 48, 90));
            Await.until("it sends", () -> published.publisher().isPresent());
            published.read(new PushSource(64, 48));
            assertThat(sender.awaitClosed())
                    .startsWith("4403 stream 'me' takes no pictures from senders: its source is ");
        }
    }

    @Test
    void disconnectPublisher_byWebSocket_isToldAndItsPlaceIsFree() throws Exception {
        try (WebSocketSender viewer = WebSocketSender.bare(server.address(), "/live/me/ws");
                WebSocketSender sender = WebSocketSender.bare(server.address(), "/live/me/ws")) {
            sender.send(Pictures.plain(64, 48, 90));
            Await.until("it sends", () -> published.publisher().isPresent());
            sender.send(new byte[100]);
            Await.until(
                    "it is refused", () -> published.publisher().orElseThrow().refused() == 1);
            PublisherStatus told = published.publisher().orElseThrow();
            assertThat(told.transport()).isEqualTo("websocket");
            assertThat(told.address()).isEqualTo("127.0.0.1");
            assertThat(told.taken()).isEqualTo(1);

            assertThat(published.disconnectPublisher()).isTrue();
            assertThat(sender.awaitClosed()).isEqualTo("4403 " + WHY);
            Await.until("its place is free", () -> published.publisher().isEmpty());
            viewer.send(Pictures.plain(64, 48, 60));
            Await.until("another sends", () -> published.publisher().isPresent());
            assertThat(viewer.closed()).isEmpty();
        }
    }

    @Test
    void disconnectPublisher_bySocketIo_isToldAndItsPlaceIsFree() {
        String picture = Base64.getEncoder().encodeToString(Pictures.plain(64, 48, 90));
        try (NodeClient sender = socketIo("me")) {
            sender.await("here");
            try (NodeClient sending = NodeClient.start(address(""), """
                    const socket = io(url, { auth: { stream: 'me' } });
                    socket.on('connect', () => socket.emit('frame', '%s'));
                    socket.on('disconnect', (reason) => say('gone', reason));
                    """.formatted(picture))) {
                Await.until("it sends", () -> published.publisher().isPresent());
                assertThat(published.publisher().orElseThrow().transport()).isEqualTo("socketio");

                assertThat(published.disconnectPublisher()).isTrue();
                assertThat(sending.await("gone")).isEqualTo("gone io server disconnect");
                Await.until("its place is free", () -> published.publisher().isEmpty());
            }
            assertThat(sender.line("gone")).isEmpty();
        }
    }

    @Test
    void read_ofAPublishedStream_itsPublisherBySocketIoIsToldAtOnce_andStays() {
        String picture = Base64.getEncoder().encodeToString(Pictures.plain(64, 48, 90));
        try (NodeClient sending = NodeClient.start(address(""), """
                const socket = io(url, { auth: { stream: 'me' } });
                socket.on('connect', () => socket.emit('frame', '%s'));
                socket.on('refused', ({ status, detail }) => say('refused', status + ' ' + detail));
                socket.on('disconnect', (reason) => say('gone', reason));
                """.formatted(picture))) {
            Await.until("it sends", () -> published.publisher().isPresent());
            published.read(new PushSource(64, 48));
            assertThat(sending.await("refused"))
                    .startsWith("refused 403 stream 'me' takes no pictures from senders: its source is ");
            assertThat(sending.line("gone")).isEmpty();
        }
    }

    private NodeClient socketIo(String name) {
        return NodeClient.start(address(""), """
                const socket = io(url, { auth: { stream: '%s' } });
                socket.on('connect', () => say('here'));
                socket.on('disconnect', (reason) => say('gone', reason));
                """.formatted(name));
    }

    /** The others get frames afterwards as before. */
    private void disconnect(String transport) {
        assertThat(stream.disconnect(of(transport).id())).isTrue();
        Await.until(
                transport + " is gone",
                () -> stream.viewers(ALL).stream()
                        .noneMatch(viewer -> viewer.transport().equals(transport)));
        for (ViewerStatus other : stream.viewers(ALL)) {
            Await.until(
                    other.transport() + " goes on",
                    () -> of(other.transport()).delivered() > other.delivered()
                            && of(other.transport()).id().equals(other.id()));
        }
    }

    private ViewerStatus of(String transport) {
        return stream.viewers(ALL).stream()
                .filter(viewer -> viewer.transport().equals(transport))
                .findFirst()
                .orElseThrow();
    }

    private String explanation(URI session) throws IOException, InterruptedException {
        String id = session.getPath().substring(session.getPath().lastIndexOf('/') + 1);
        HttpRequest request =
                HttpRequest.newBuilder(address("/api/webrtc/" + id)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static int delete(URI session) {
        try {
            HttpRequest request = HttpRequest.newBuilder(session).DELETE().build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("the server does not answer", e);
        }
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }
}
