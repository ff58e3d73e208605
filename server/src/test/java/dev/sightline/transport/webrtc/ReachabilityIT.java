package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.SightlineServer;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.webrtc.PeerSettings;
import dev.sightline.testkit.webrtc.StunMessage;
import dev.sightline.testkit.webrtc.WebRtcPeer;
import dev.sightline.testkit.webrtc.Whep;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A viewer is reached by TCP, follows its network, and is let go at once. */
class ReachabilityIT {
    private static final int SOME = 30;
    private static final String NEW_UFRAG = "anew";
    private static final String RESTART = "a=ice-ufrag:" + NEW_UFRAG + "\r\na=ice-pwd:another-password-of-22\r\n";

    @AutoClose
    private final DemoServer server = new DemoServer();

    private final Api api = server.api();

    @Test
    void peer_overTcp_plays() {
        try (WebRtcPeer peer = server.watch(PeerSettings.DEFAULTS.overTcp())) {
            peer.awaitPlaying().awaitFrames(SOME);

            Await.until("it is told", () -> network("protocol").equals("tcp"));
            assertThat(peer.stats().brokenFrames()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"::1, ::1", "::, ::1", "::, 127.0.0.1", "0.0.0.0, 127.0.0.1"})
    void peer_overEitherProtocol_plays(String host, String asked) throws UnknownHostException {
        InetAddress way = InetAddress.getByName(asked);
        PeerSettings thatWay = PeerSettings.DEFAULTS.by(candidate ->
                !candidate.tcp() && candidate.address().getAddress().equals(way));
        try (SightlineServer there = DemoServer.on(host);
                WebRtcPeer peer = WebRtcPeer.watch(server.loop(), at(asked, there.port()), thatWay)) {
            peer.awaitPlaying().awaitFrames(SOME);
        }
    }

    private static URI at(String host, int port) {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/live/demo/whep");
    }

    @Test
    void peer_whosePortChanges_playsOn() {
        try (WebRtcPeer peer = server.watch(PeerSettings.DEFAULTS)) {
            peer.awaitPlaying();
            Await.until("it is told", () -> explanation().startsWith("connected over UDP"));
            String before = explanation();

            peer.move();
            Await.until("it is followed", () -> !explanation().equals(before));
            assertThat(explanation()).startsWith("connected over UDP");
            peer.awaitFrames(SOME);
            assertThat(api.sessions()).hasSize(1);
        }
    }

    @Test
    void restart_whilePlaying_newCredentialsHold_andItPlaysOn() {
        try (WebRtcPeer peer = server.watch(PeerSettings.DEFAULTS)) {
            Whep session = peer.awaitPlaying().session().orElseThrow();
            HttpResponse<String> restarted = patch(session, session.etag());
            assertThat(restarted.statusCode()).isEqualTo(200);
            assertThat(restarted.headers().firstValue("ETag"))
                    .hasValueSatisfying(etag -> assertThat(etag).isNotEqualTo(session.etag()));
            peer.awaitFrames(SOME);

            double unknown = api.metric("sightline_webrtc_refused_packets_total{reason=\"unknown session\"}");
            peer.sendRaw(check(attribute(restarted, "ice-ufrag"), attribute(restarted, "ice-pwd")));
            // The new ones would count once, if they were not known; the old ones are tried again and again.
            Await.until(
                    "the old credentials hold no more",
                    () -> api.metric("sightline_webrtc_refused_packets_total{reason=\"unknown session\"}")
                            > unknown + 1);
            peer.awaitFrames(SOME);
            assertThat(peer.stats().brokenFrames()).isZero();
        }
    }

    /** As where the answer was lost on the way. */
    @Test
    void restart_askedForAgain_isAnsweredAlike() {
        try (WebRtcPeer peer = server.watch(PeerSettings.DEFAULTS)) {
            Whep session = peer.awaitPlaying().session().orElseThrow();
            HttpResponse<String> first = patch(session, "*");
            HttpResponse<String> second = patch(session, "*");

            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(second.headers().firstValue("ETag"))
                    .isEqualTo(first.headers().firstValue("ETag"));
            assertThat(patch(session, first.headers().firstValue("ETag").orElseThrow())
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void delete_endsTheSessionAtOnce_andThePeerIsTold() {
        WebRtcPeer peer = server.watch(PeerSettings.DEFAULTS).awaitPlaying();
        String path = peer.session().orElseThrow().resource().getPath();

        assertThat(api.send("DELETE", path, "", Map.of()).statusCode()).isEqualTo(200);
        Await.until("the peer knows", () -> peer.stats().goodbye());
        Await.until("it is gone", () -> api.sessions().isEmpty());
        Await.until("nobody watches", () -> api.stream("demo").path("viewers").asInt() == 0);
        assertThat(api.send("DELETE", path, "", Map.of()).statusCode()).isEqualTo(404);
        peer.vanish();
    }

    private String network(String what) {
        return api.latestSession().orElseThrow().path("network").path(what).asString();
    }

    private String explanation() {
        return api.latestSession().orElseThrow().path("explanation").asString();
    }

    private static byte[] check(String ufrag, String password) {
        return StunMessage.request(
                new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, ufrag + ":" + NEW_UFRAG, password, 1);
    }

    private HttpResponse<String> patch(Whep session, String condition) {
        return api.send(
                "PATCH",
                session.resource().getPath(),
                RESTART,
                Map.of("Content-Type", "application/trickle-ice-sdpfrag", "If-Match", condition));
    }

    private static String attribute(HttpResponse<String> fragment, String name) {
        return fragment.body()
                .lines()
                .filter(line -> line.startsWith("a=" + name + ":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
    }
}
