package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.testkit.PushSource;
import dev.sightline.testkit.RawClient;
import dev.sightline.transport.webrtc.sdp.Direction;
import dev.sightline.transport.webrtc.sdp.Fragment;
import dev.sightline.transport.webrtc.sdp.MediaSection;
import dev.sightline.transport.webrtc.sdp.Offers;
import dev.sightline.transport.webrtc.sdp.RemoteDescription;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SignallingIT {
    private static final String SDP = "application/sdp";
    private static final String FRAGMENT = "application/trickle-ice-sdpfrag";
    private static final String CANDIDATE = "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\n"
            + "a=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host\r\n";
    private static final String RESTART = "a=ice-ufrag:newU\r\na=ice-pwd:another-password-of-22\r\n";

    private final StreamRegistry registry = new StreamRegistry();
    private final PaperDesk desk = new PaperDesk(3);
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        registry.start("cam", new PushSource(16, 16), Pipeline.of(List.of()), true);
        registry.startPublished("webcam", PipelineRecipe.of(List.of()));
        registry.startMirror("me", PipelineRecipe.of(List.of()), 1);
        server = serve(desk);
    }

    private HttpServer serve(SessionService sessions) throws IOException {
        Routes routes = new Routes();
        new WhipWhepEndpoint(registry, sessions).addTo(routes);
        new OfferEndpoint(registry, sessions).addTo(routes, "/offer", "cam");
        return HttpServer.start(
                HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> origin.equals("http://friend.example"));
    }

    @AfterEach
    void stop() {
        server.close();
        registry.close();
    }

    @Test
    void whep_offer_201WithAnswerAndTheSessionsAddress() throws Exception {
        HttpResponse<String> answer = post("/live/cam/whep", SDP, Offers.CHROMIUM_WATCHES);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(field(answer, "location")).isEqualTo("/live/cam/whep/session1");
        assertThat(field(answer, "etag")).isEqualTo("\"tag1\"");
        assertThat(field(answer, "content-type")).isEqualTo(SDP);
        assertThat(field(answer, "accept-patch")).isEqualTo(FRAGMENT);
        assertThat(field(answer, "link")).isEqualTo("<metadata>; rel=\"describedby\"; type=\"text/event-stream\"");
        MediaSection video = RemoteDescription.parse(answer.body()).sections().get(1);
        assertThat(video.direction()).isEqualTo(Direction.SENDONLY);
        assertThat(answer.body()).contains("a=candidate:1 1 udp 1 127.0.0.1 8190 typ host\r\n");
    }

    @Test
    void whep_codecAskedFor_isTaken() throws Exception {
        assertThat(post("/live/cam/whep?codec=h264,vp8", SDP + "; charset=utf-8", Offers.CHROMIUM_WATCHES)
                        .statusCode())
                .isEqualTo(201);
        assertThat(desk.latest().format().codec()).isEqualTo(Codec.H264);
        post("/live/cam/whep?codec=h264,vp8", SDP, Offers.FIREFOX_WATCHES);
        assertThat(desk.latest().format().codec()).isEqualTo(Codec.VP8);
        HttpResponse<String> refused = post("/live/cam/whep?codec=H264", SDP, Offers.FIREFOX_WATCHES);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("it offers no codec of ours (H264): it has VP8, VP9");
    }

    @Test
    void whip_offerBothWays_isReceivedOnly_unlessTheSenderWatches() throws Exception {
        HttpResponse<String> answer = post("/live/webcam/whip", SDP, Offers.CHROMIUM_SENDS);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(field(answer, "location")).isEqualTo("/live/webcam/whip/session1");
        assertThat(desk.latest().direction()).isEqualTo(Direction.RECVONLY);
        post("/live/webcam/whip?watch", SDP, Offers.CHROMIUM_SENDS);
        assertThat(desk.latest().direction()).isEqualTo(Direction.SENDRECV);
        assertThat(post("/live/me/whip?watch=true", SDP, Offers.CHROMIUM_SENDS).statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/live/cat/whep | 404 | did you mean 'cam'?",
                "/live/wecam/whip | 404 | did you mean 'webcam'?",
                "/live/me/whep | 403 | answers each sender alone",
                "/live/me/whip | 403 | send to /live/me/whip?watch",
                "/live/cam/whip | 403 | takes no pictures from senders",
                "/live/webcam/whip?process=secret | 403 | not offered: [secret]",
                "/live/cam/whep?codec=av1 | 400 | codec is vp8 or h264, or both with a comma between, not 'av1'",
            })
    void post_cannotBeServed_isAProblem(String path, int status, String said) throws Exception {
        HttpResponse<String> answer = post(path, SDP, Offers.CHROMIUM_SENDS);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(field(answer, "content-type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains(said);
    }

    @Test
    void post_descriptionThatWillNotDo_isAProblemInWords() throws Exception {
        HttpResponse<String> nonsense = post("/live/cam/whep", SDP, "hello");
        assertThat(nonsense.statusCode()).isEqualTo(400);
        assertThat(nonsense.body()).contains("this is not a session description");
        HttpResponse<String> sound = post("/live/cam/whep", SDP, Offers.without(Offers.CHROMIUM_WATCHES, "video"));
        assertThat(sound.statusCode()).isEqualTo(422);
        assertThat(sound.body()).contains("the offer has no video: it has audio");
        HttpResponse<String> viewer = post("/live/webcam/whip", SDP, Offers.CHROMIUM_WATCHES);
        assertThat(viewer.statusCode()).isEqualTo(422);
        assertThat(viewer.body()).contains("the address to publish to");
    }

    @Test
    void post_wrongTypeOrTooLong_415And413() throws Exception {
        HttpResponse<String> json = post("/live/cam/whep", "application/json", "{}");
        assertThat(json.statusCode()).isEqualTo(415);
        assertThat(field(json, "accept-post")).isEqualTo(SDP);
        assertThat(post("/live/cam/whep", SDP, "v=0\n" + "a=x\n".repeat(250_000))
                        .statusCode())
                .isEqualTo(413);
        try (RawClient raw = new RawClient(server.address())) {
            raw.send("POST /live/cam/whep HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nv=0");
            assertThat(raw.readAnswer()).startsWith("HTTP/1.1 415 ");
        }
    }

    @Test
    void post_noRoomOrNoWebRtc_503() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(post("/live/cam/whep", SDP, Offers.CHROMIUM_WATCHES).statusCode())
                    .isEqualTo(201);
        }
        HttpResponse<String> full = post("/live/cam/whep", SDP, Offers.CHROMIUM_WATCHES);
        assertThat(full.statusCode()).isEqualTo(503);
        server.close();
        server = serve(SessionService.closed("UDP port 8190 is taken"));
        for (String path : List.of("/live/cam/whep", "/live/webcam/whip")) {
            HttpResponse<String> closed = post(path, SDP, Offers.CHROMIUM_SENDS);
            assertThat(closed.statusCode()).isEqualTo(503);
            assertThat(closed.body()).contains("WebRTC does not run here: UDP port 8190 is taken");
        }
        assertThat(post("/offer", "application/json", "{\"sdp\":\"\",\"type\":\"offer\"}")
                        .statusCode())
                .isEqualTo(503);
        assertThat(send("DELETE", "/live/cam/whep/session1", "", Map.of()).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT"})
    void otherMethods_405(String method) throws Exception {
        post("/live/cam/whep", SDP, Offers.CHROMIUM_WATCHES);
        HttpResponse<String> door = send(method, "/live/cam/whep", "", Map.of());
        assertThat(door.statusCode()).isEqualTo(405);
        assertThat(field(door, "allow")).isEqualTo("OPTIONS, POST");
        HttpResponse<String> session = send(method, "/live/cam/whep/session1", "", Map.of());
        assertThat(session.statusCode()).isEqualTo(405);
        assertThat(field(session, "allow")).isEqualTo("DELETE, OPTIONS, PATCH");
    }

    @Test
    void options_sayWhatIsTaken_alsoToPagesOfFriends() throws Exception {
        HttpResponse<String> plain = send("OPTIONS", "/live/webcam/whip", "", Map.of());
        assertThat(plain.statusCode()).isEqualTo(204);
        assertThat(field(plain, "accept-post")).isEqualTo(SDP);
        assertThat(field(send("OPTIONS", "/live/cam/whep/x", "", Map.of()), "accept-patch"))
                .isEqualTo(FRAGMENT);
        HttpResponse<String> friend = send(
                "OPTIONS",
                "/live/cam/whep",
                "",
                Map.of(
                        "Origin", "http://friend.example",
                        "Access-Control-Request-Method", "POST",
                        "Access-Control-Request-Headers", "content-type"));
        assertThat(field(friend, "access-control-allow-methods")).contains("POST");
        assertThat(field(friend, "access-control-allow-headers")).isEqualTo("content-type");
        assertThat(field(friend, "access-control-allow-origin")).isEqualTo("http://friend.example");
        assertThat(field(friend, "accept-post")).isEqualTo(SDP);
    }

    @Test
    void post_fromOtherPages_onlyThoseOfFriends_whoMaySeeTheAddress() throws Exception {
        HttpResponse<String> friend = send(
                "POST",
                "/live/cam/whep",
                Offers.CHROMIUM_WATCHES,
                Map.of("Content-Type", SDP, "Origin", "http://friend.example"));
        assertThat(friend.statusCode()).isEqualTo(201);
        assertThat(field(friend, "access-control-expose-headers")).contains("Location", "ETag", "Link");
        for (String path : List.of("/live/cam/whep", "/live/webcam/whip", "/offer")) {
            HttpResponse<String> stranger = send(
                    "POST",
                    path,
                    Offers.CHROMIUM_WATCHES,
                    Map.of("Content-Type", SDP, "Origin", "http://stranger.example"));
            assertThat(stranger.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void patch_candidates_204() throws Exception {
        post("/live/cam/whep", SDP, Offers.CHROMIUM_WATCHES);
        assertThat(patch("/live/cam/whep/session1", CANDIDATE, "\"other\", \"tag1\"")
                        .statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"tag1\"", "*", "\"*\""})
    void patch_newCredentials_200WithOursAndANewTag(String condition) throws Exception {
        post("/live/cam/whep", SDP, Offers.CHROMIUM_WATCHES);
        HttpResponse<String> answer = patch("/live/cam/whep/session1", RESTART, condition);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(field(answer, "etag")).isEqualTo("\"tag1-2\"");
        assertThat(field(answer, "content-type")).isEqualTo(FRAGMENT);
        assertThat(Fragment.parse(answer.body()).credentials()).isPresent();
        assertThat(answer.body()).contains("a=candidate:1 1 udp 1 127.0.0.1 8190 typ host\r\n");
        assertThat(patch("/live/cam/whep/session1", CANDIDATE, "\"tag1\"").statusCode())
                .isEqualTo(412);
    }

    @Test
    void patch_wrongInAnyWay_isAProblem_butAMissingConditionIsNone() throws Exception {
        post("/live/cam/whep", SDP, Offers.CHROMIUM_WATCHES);
        String session = "/live/cam/whep/session1";
        assertThat(send("PATCH", session, CANDIDATE, Map.of("Content-Type", FRAGMENT))
                        .statusCode())
                .isEqualTo(204);
        assertThat(patch(session, CANDIDATE, "\"old\"").statusCode()).isEqualTo(412);
        assertThat(patch(session, CANDIDATE, "W/\"tag1\"").statusCode()).isEqualTo(412);
        assertThat(patch(session, "a=candidate:x", "\"tag1\"").statusCode()).isEqualTo(400);
        HttpResponse<String> typed =
                send("PATCH", session, CANDIDATE, Map.of("Content-Type", SDP, "If-Match", "\"tag1\""));
        assertThat(typed.statusCode()).isEqualTo(415);
        assertThat(field(typed, "accept-patch")).isEqualTo(FRAGMENT);
        assertThat(patch("/live/cam/whep/session9", CANDIDATE, "*").statusCode())
                .isEqualTo(404);
    }

    @Test
    void delete_session_endsItOnce() throws Exception {
        post("/live/cam/whep", SDP, Offers.CHROMIUM_WATCHES);
        for (String other : List.of("/live/cam/whip/session1", "/live/webcam/whep/session1")) {
            assertThat(send("DELETE", other, "", Map.of()).statusCode()).isEqualTo(404);
        }
        assertThat(send("DELETE", "/live/cam/whep/session1", "", Map.of()).statusCode())
                .isEqualTo(200);
        assertThat(send("DELETE", "/live/cam/whep/session1", "", Map.of()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void offer_ofAPage_isAnsweredInJson() throws Exception {
        Map<?, ?> answer = exchange(Offers.CHROMIUM_WATCHES, "offer", 200);
        assertThat(answer.get("type")).isEqualTo("answer");
        assertThat(RemoteDescription.parse((String) answer.get("sdp")).sections())
                .hasSize(2);
        assertThat(answer).hasSize(2);
    }

    @Test
    void offer_empty_isMetWithOurs_andItsAnswerFindsTheSession() throws Exception {
        Map<?, ?> first = exchange("", "offer", 200);
        Map<?, ?> second = exchange("", "offer", 200);
        assertThat(first.get("type")).isEqualTo("offer");
        String mid = mid((String) first.get("sdp"));
        assertThat(mid).isNotEqualTo(mid((String) second.get("sdp")));

        assertThat(exchange(Offers.answer(mid((String) second.get("sdp"))), "answer", 200))
                .isEmpty();
        assertThat(desk.latest().connection().remoteFingerprint()).isPresent();
        exchange(Offers.answer(mid((String) second.get("sdp"))), "answer", 409);
        desk.end("session1");
        exchange(Offers.answer(mid), "answer", 410);
    }

    @Test
    void offer_wrongInAnyWay_isAProblem() throws Exception {
        exchange(Offers.answer("never-offered"), "answer", 409);
        exchange("", "answer", 400);
        exchange("", "rollback", 400);
        exchange("hello", "offer", 400);
        exchange(Offers.CHROMIUM_WATCHES.replace("m=video", "m=text"), "offer", 422);
        assertThat(post("/offer", "application/json", "{\"sdp\":").statusCode()).isEqualTo(400);
        assertThat(post("/offer", "text/plain", "{}").statusCode()).isEqualTo(200);
    }

    private Map<?, ?> exchange(String sdp, String type, int status) throws Exception {
        String body = JsonMapper.shared().writeValueAsString(Map.of("sdp", sdp, "type", type));
        HttpResponse<String> answer = post("/offer", "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JsonMapper.shared().readValue(answer.body(), Map.class);
    }

    private static String mid(String sdp) throws Exception {
        return RemoteDescription.parse(sdp).sections().get(0).mid().orElseThrow();
    }

    private HttpResponse<String> patch(String path, String body, String condition) throws Exception {
        return send("PATCH", path, body, Map.of("Content-Type", FRAGMENT, "If-Match", condition));
    }

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        return send("POST", path, body, Map.of("Content-Type", type));
    }

    private HttpResponse<String> send(String method, String path, String body, Map<String, String> fields)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        fields.forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String field(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
