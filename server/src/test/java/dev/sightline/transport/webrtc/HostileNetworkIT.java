package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Impairment;
import dev.sightline.testkit.UdpRelay;
import dev.sightline.testkit.webrtc.PeerSettings;
import dev.sightline.testkit.webrtc.PeerStats;
import dev.sightline.testkit.webrtc.WebRtcPeer;
import dev.sightline.transport.webrtc.sdp.Offers;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Peers that mean harm, or die. */
class HostileNetworkIT {
    private static final Logger LOG = LoggerFactory.getLogger(HostileNetworkIT.class);
    private static final String SDP = "application/sdp";
    private static final Duration FLOOD = Duration.ofSeconds(4);
    private static final Duration FREED = Duration.ofSeconds(30);
    private static final int SILENCE_MILLIS = 500;
    private static final int LARGEST = 1_400;

    @AutoClose
    private final DemoServer server = new DemoServer();

    private final Api api = server.api();

    @Test
    @Tag("pace")
    void flood_ofRandomDatagrams_isCounted_neverAnswered_andTheViewerPlaysOn() throws IOException {
        try (WebRtcPeer peer = server.watch(PeerSettings.DEFAULTS).awaitPlaying();
                DatagramSocket socket = new DatagramSocket()) {
            double refused = refused("junk");
            long source = frames();
            PeerStats before = peer.stats();
            long sent = flood(socket);
            PeerStats after = peer.stats();
            long pictures = frames() - source;
            LOG.info(
                    "{} datagrams a second; {} pictures of {}",
                    sent / FLOOD.toSeconds(),
                    after.frames() - before.frames(),
                    pictures);

            assertThat(refused("junk") - refused).isGreaterThan(sent / 100.0);
            assertThat((double) after.frames() - before.frames()).isGreaterThanOrEqualTo(0.9 * pictures);
            socket.setSoTimeout(SILENCE_MILLIS);
            assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[LARGEST], LARGEST)))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(api.sessions()).hasSize(1);
            peer.awaitFrames(30);
        }
    }

    @Test
    void forged_mediaFromTheViewersOwnPort_isCountedAndIgnored() {
        try (WebRtcPeer peer = server.watch(PeerSettings.DEFAULTS).awaitPlaying()) {
            // The viewer itself may ask for a keyframe while it begins.
            peer.awaitFrames(30);
            double forged = refused("forged");
            long keyframes = forcedKeyframes();
            for (int i = 0; i < 50; i++) {
                peer.requestKeyframeInPlainText();
                peer.sendRaw(forged(206));
                peer.sendRaw(forged(96));
            }
            Await.until("they are counted", () -> refused("forged") >= forged + 150);
            peer.awaitFrames(30);
            assertThat(forcedKeyframes()).isEqualTo(keyframes);
            assertThat(api.sessions()).hasSize(1);
        }
    }

    /** One test for all who keep a session waiting, since each takes its 30 s. */
    @Test
    void peers_thatNeverCome_orDieInTheHandshakeOrLater_areFreed_andWhyIsTold() {
        api.send("POST", "/live/demo/whep", Offers.CHROMIUM_WATCHES, Map.of("Content-Type", SDP));
        try (UdpRelay slow = UdpRelay.to(api.mediaPort());
                UdpRelay oneWay = UdpRelay.to(api.mediaPort())) {
            WebRtcPeer watching = server.watch(PeerSettings.DEFAULTS).awaitPlaying();
            oneWay.impairDown(Impairment.CUT);
            WebRtcPeer deaf = server.watch(PeerSettings.DEFAULTS.rewriting(oneWay::lead));
            slow.impairDown(Impairment.NONE.delaying(Duration.ofMillis(800)));
            WebRtcPeer killed = server.watch(PeerSettings.DEFAULTS.rewriting(slow::lead));
            Await.until("it has asked", () -> killed.session().isPresent());
            String asked = "/api/webrtc/" + id(killed.session().orElseThrow().resource());
            Await.until(
                    "its handshake is under way",
                    () -> api.json(asked).path("state").asString().equals("SECURING"));
            killed.vanish();
            watching.vanish();
            assertThat(api.sessions()).hasSize(4);

            Await.until("all are freed", FREED, () -> api.sessions().isEmpty());
            deaf.vanish();
        }
        assertThat(ended())
                .anySatisfy(why -> assertThat(why).startsWith("no packet arrived on UDP " + api.mediaPort()))
                .anySatisfy(why -> assertThat(why).contains("DTLS did not begin within"))
                .anySatisfy(why -> assertThat(why).contains("DTLS did not finish within"))
                .anySatisfy(why -> assertThat(why).startsWith("the peer fell silent"))
                .hasSize(4);
        assertThat(api.json("/api/webrtc").path("ended").valueStream())
                .map((JsonNode session) -> session.at("/watched/rendition").asString())
                .anySatisfy(rendition -> assertThat(rendition).startsWith("vp8"));
        assertThat(api.metric("sightline_webrtc_handshakes")).isZero();
        assertThat(api.stream("demo").path("viewers").asInt()).isZero();
        assertThat(api.stream("demo").path("renditions")).isEmpty();
    }

    @Test
    void certificate_otherThanTheOffers_neverPlays_andWhyIsTold() {
        HttpResponse<String> answer =
                api.send("POST", "/live/demo/whep", Offers.CHROMIUM_WATCHES, Map.of("Content-Type", SDP));
        WebRtcPeer stranger = WebRtcPeer.accept(server.loop(), answer.body(), PeerSettings.DEFAULTS, frame -> {});

        Await.until("it is over", () -> api.sessions().isEmpty());
        assertThat(ended()).singleElement().asString().startsWith("wrong fingerprint");
        assertThat(api.json("/api/webrtc/" + id(answer)).path("explanation").asString())
                .startsWith("wrong fingerprint");
        assertThat(stranger.playing().isDone() && !stranger.playing().isCompletedExceptionally())
                .isFalse();
        stranger.vanish();
    }

    @Test
    void description_ofAMegabyte_413_andNoSession() {
        String huge = Offers.CHROMIUM_WATCHES + "a=x\r\n".repeat(200_000);

        assertThat(api.send("POST", "/live/demo/whep", huge, Map.of("Content-Type", SDP))
                        .statusCode())
                .isEqualTo(413);
        assertThat(api.sessions()).isEmpty();
    }

    /** Sends as fast as one thread can; how many. */
    private long flood(DatagramSocket socket) throws IOException {
        Random random = new Random(1);
        byte[] bytes = new byte[LARGEST];
        random.nextBytes(bytes);
        InetAddress here = InetAddress.getLoopbackAddress();
        int port = api.mediaPort();
        long sent = 0;
        for (long end = System.nanoTime() + FLOOD.toNanos(); System.nanoTime() < end; sent++) {
            int from = random.nextInt(LARGEST);
            int length = random.nextInt(LARGEST - from);
            socket.send(new DatagramPacket(bytes, from, length, here, port));
        }
        return sent;
    }

    /** Like media of a viewer, but encrypted by nobody. */
    private static byte[] forged(int type) {
        byte[] packet = new byte[60];
        ThreadLocalRandom.current().nextBytes(packet);
        packet[0] = (byte) 0x80;
        packet[1] = (byte) type;
        return packet;
    }

    private double refused(String reason) {
        return api.metric("sightline_webrtc_refused_packets_total{reason=\"" + reason + "\"}");
    }

    private long frames() {
        return api.stream("demo").path("frames").asLong();
    }

    private long forcedKeyframes() {
        return api.stream("demo").path("renditions").path(0).path("keyframes").asLong();
    }

    private List<String> ended() {
        return api.json("/api/webrtc")
                .path("ended")
                .valueStream()
                .map((JsonNode session) -> session.path("explanation").asString())
                .toList();
    }

    private static String id(HttpResponse<String> answer) {
        return id(URI.create(answer.headers().firstValue("Location").orElseThrow()));
    }

    private static String id(URI session) {
        return session.getPath().substring(session.getPath().lastIndexOf('/') + 1);
    }
}
