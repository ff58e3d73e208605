package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.webrtc.PeerLoop;
import dev.sightline.testkit.webrtc.PeerSettings;
import dev.sightline.testkit.webrtc.WebRtcPeer;
import dev.sightline.transport.webrtc.sdp.Offers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Sessions that are asked for by somebody who never comes: they start nothing, hold nothing, and give way. */
class UnprovedSessionsIT {
    private static final Map<String, String> SDP = Map.of("Content-Type", "application/sdp");

    @AutoClose
    private final PeerLoop loop = new PeerLoop();

    @AutoClose
    private final SightlineServer server = Sightline.server()
            .port(0)
            .maxWebRtcSessions(30)
            .maxWebRtcSessionsPerAddress(20)
            .stream("demo", stream -> stream.source("pattern:320x240@30"))
            .stream("asleep", stream -> stream.source("pattern:320x240@30").onDemand())
            .stream("me", stream -> stream.source("publish:"))
            .stream("mine", stream -> stream.source("mirror:").maxSenders(2))
            .start();

    private final Api api = new Api(server.address());

    @Test
    void hundredPosts_withoutIce_startNoEncoder_andWakeNoSource() {
        for (int i = 0; i < 100; i++) {
            post(i % 2 == 0 ? "/live/demo/whep" : "/live/asleep/whep", Offers.CHROMIUM_WATCHES, 201);
        }

        assertThat(api.sessions()).hasSizeGreaterThanOrEqualTo(20).hasSizeLessThan(100);
        for (String name : new String[] {"demo", "asleep"}) {
            assertThat(api.stream(name).path("viewers").asInt()).isZero();
            assertThat(api.stream(name).path("renditions")).isEmpty();
        }
        assertThat(api.stream("asleep").path("state").asString()).isEqualTo("IDLE");
        Await.until("they gave way", () -> api.metric("sightline_webrtc_evicted_sessions_total") == 80);
        Await.until("they are gone", () -> api.sessions().size() == 20);
    }

    @Test
    void manyPosts_whoWatchesGoesOn_andWhoComesIsServed_fromTheSameAddress() {
        try (WebRtcPeer viewer = watch(server).awaitPlaying()) {
            for (int i = 0; i < 60; i++) {
                post("/live/demo/whep", Offers.CHROMIUM_WATCHES, 201);
            }
            try (WebRtcPeer newcomer = watch(server).awaitPlaying()) {
                newcomer.awaitFrames(5);
            }
            viewer.awaitFrames(30);
            assertThat(api.sessions())
                    .filteredOn(session -> session.path("state").asString().equals("CONNECTED"))
                    .isNotEmpty();
        }
    }

    /** Who is connected does not give way. */
    @Test
    void connectedOnes_asManyAsMayBe_theNextIsRefused503_andToldWhy() {
        try (SightlineServer small = Sightline.server().port(0).maxWebRtcSessions(1).stream(
                                "demo", stream -> stream.source("pattern:320x240@30"))
                        .start();
                WebRtcPeer viewer = watch(small).awaitPlaying()) {
            HttpResponse<String> refused =
                    new Api(small.address()).send("POST", "/live/demo/whep", Offers.CHROMIUM_WATCHES, SDP);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().map()).doesNotContainKey("Retry-After");
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(refused.body())
                    .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                            + "\"detail\":\"there are 1 WebRTC sessions already, and no more are allowed"
                            + " (webrtc: max-sessions)\"}");
            viewer.awaitFrames(5);
        }
    }

    @Test
    void publisher_whoDoesNotCome_keepsNobodyOut() {
        post("/live/me/whip", Offers.CHROMIUM_SENDS, 201);
        post("/live/me/whip", Offers.CHROMIUM_SENDS, 201);
        String offer = Offers.CHROMIUM_SENDS.replaceAll("sha-256 [0-9A-F:]+", loop.fingerprint());
        HttpResponse<String> answer = post("/live/me/whip", offer, 201);
        WebRtcPeer sender = WebRtcPeer.accept(loop, answer.body(), PeerSettings.DEFAULTS, frame -> {});
        Await.until("it is connected", () -> connected() == 1);

        assertThat(post("/live/me/whip", offer, 409).body()).contains("'me' is taken");
        WebRtcPeer second = WebRtcPeer.accept(
                loop, post("/live/mine/whip?watch", offer, 201).body(), PeerSettings.DEFAULTS, frame -> {});
        Await.until("the other is connected", () -> connected() == 2);

        sender.vanish();
        second.vanish();
    }

    @Test
    void senders_whoDoNotCome_takeNoPlacesOfAMirror() {
        for (int i = 0; i < 5; i++) {
            post("/live/mine/whip?watch", Offers.CHROMIUM_SENDS, 201);
        }
        assertThat(api.stream("mine").path("viewers").asInt()).isZero();
    }

    /** Both could come when they asked; one was first. */
    @Test
    void publishers_whoBothCome_oneHoldsTheName_andTheOtherIsToldWhyNot() {
        String offer = Offers.CHROMIUM_SENDS.replaceAll("sha-256 [0-9A-F:]+", loop.fingerprint());
        String one = post("/live/me/whip", offer, 201).body();
        String other = post("/live/me/whip", offer, 201).body();
        WebRtcPeer first = WebRtcPeer.accept(loop, one, PeerSettings.DEFAULTS, frame -> {});
        Await.until("it is connected", () -> connected() == 1);

        WebRtcPeer second = WebRtcPeer.accept(loop, other, PeerSettings.DEFAULTS, frame -> {});

        Await.until(
                "the second is sent away",
                () -> api.json("/api/webrtc")
                        .path("ended")
                        .path(0)
                        .path("explanation")
                        .asString()
                        .equals("stream 'me' is taken: somebody else sends pictures to it"));
        assertThat(connected()).isEqualTo(1);
        first.vanish();
        second.vanish();
    }

    private WebRtcPeer watch(SightlineServer asked) {
        return WebRtcPeer.watch(loop, asked.address().resolve("/live/demo/whep"), PeerSettings.DEFAULTS);
    }

    private long connected() {
        return api.sessions().stream()
                .filter(session -> session.path("state").asString().equals("CONNECTED"))
                .count();
    }

    private HttpResponse<String> post(String path, String offer, int status) {
        HttpResponse<String> answer = api.send("POST", path, offer, SDP);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer;
    }
}
