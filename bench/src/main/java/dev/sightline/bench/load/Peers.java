package dev.sightline.bench.load;

import dev.sightline.testkit.Api;
import dev.sightline.testkit.Impairment;
import dev.sightline.testkit.UdpRelay;
import dev.sightline.testkit.webrtc.FrameArrival;
import dev.sightline.testkit.webrtc.PeerLoop;
import dev.sightline.testkit.webrtc.PeerSettings;
import dev.sightline.testkit.webrtc.PeerTimes;
import dev.sightline.testkit.webrtc.PlainPeer;
import dev.sightline.testkit.webrtc.VideoCodec;
import dev.sightline.testkit.webrtc.WebRtcPeer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** All viewers of video, whose packets are read on one thread. Its methods are called by one other. */
final class Peers implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    /** Carries the middle rendition and not the best. */
    private static final Impairment THIN =
            Impairment.NONE.delaying(Duration.ofMillis(10)).narrowing(700_000, Duration.ofMillis(200));

    private final PeerLoop loop = new PeerLoop();
    private final PeerSettings settings;
    private final List<WebRtcPeer> peers = new ArrayList<>();
    private final List<PlainPeer> plain = new ArrayList<>();
    private final List<UdpRelay> relays = new ArrayList<>();
    /** Replaced by one thread, filled by the other. */
    private volatile PeerPeriod period = new PeerPeriod(0);

    /** Of viewers who take that codec. */
    Peers(VideoCodec codec) {
        settings = PeerSettings.LOAD.with(codec);
    }

    /** Viewers come, one after the other with equal pauses, and are waited for. */
    Joined join(int count, Duration within, URI whep, boolean thin) {
        int mediaPort = thin ? new Api(whep.resolve("/")).mediaPort() : 0;
        long start = System.nanoTime();
        List<WebRtcPeer> coming = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LockSupport.parkNanos(start + within.toNanos() * i / count - System.nanoTime());
            int number = peers.size();
            WebRtcPeer peer = WebRtcPeer.watch(
                    loop, whep, thin ? behindRelay(mediaPort) : settings, frame -> count(number, frame));
            peers.add(peer);
            coming.add(peer);
        }
        settled(coming.stream().map(WebRtcPeer::playing).toList());
        return joined(coming);
    }

    private PeerSettings behindRelay(int mediaPort) {
        UdpRelay relay = UdpRelay.to(mediaPort, relays.size());
        relay.impairDown(THIN);
        relays.add(relay);
        return settings.rewriting(relay::lead);
    }

    /** Viewers of the floor come, and are waited for. */
    void joinPlain(int count, String host, int port) {
        for (int i = 0; i < count; i++) {
            int number = plain.size();
            plain.add(PlainPeer.watch(loop, new InetSocketAddress(host, port), frame -> count(number, frame)));
        }
        settled(plain.stream().map(PlainPeer::playing).toList());
    }

    void begin() {
        period = new PeerPeriod(peers.size() + plain.size());
    }

    PeersSeen end() {
        PeerPeriod ended = period;
        period = new PeerPeriod(0);
        return ended.end();
    }

    void clear() {
        peers.parallelStream().forEach(WebRtcPeer::close);
        peers.clear();
        plain.forEach(PlainPeer::close);
        plain.clear();
        relays.forEach(UdpRelay::close);
        relays.clear();
    }

    @Override
    public void close() {
        loop.close();
    }

    private void count(int number, FrameArrival frame) {
        period.frame(number, frame);
    }

    /** Waits until all have come or failed, or for long enough. */
    private static void settled(List<? extends CompletableFuture<?>> comings) {
        CompletableFuture.allOf(comings.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(counted -> null)
                .join();
    }

    private static Joined joined(List<WebRtcPeer> coming) {
        List<PeerTimes> times = coming.stream()
                .filter(peer -> peer.playing().isDone() && !peer.playing().isCompletedExceptionally())
                .map(WebRtcPeer::times)
                .toList();
        double[] secured =
                times.stream().mapToDouble(PeerTimes::securedMillis).sorted().toArray();
        double[] picture = times.stream()
                .mapToDouble(PeerTimes::firstPictureMillis)
                .sorted()
                .toArray();
        return new Joined(
                coming.size(),
                times.size(),
                at(secured, 0.5),
                at(picture, 0.5),
                at(picture, 0.99),
                at(picture, 1),
                trouble(coming));
    }

    private static String trouble(List<WebRtcPeer> coming) {
        return coming.stream()
                .map(WebRtcPeer::playing)
                .filter(playing -> !playing.isDone() || playing.isCompletedExceptionally())
                .map(playing ->
                        playing.handle((peer, reason) -> String.valueOf(reason)).getNow("no picture in time"))
                .findFirst()
                .orElse("");
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
    }
}
