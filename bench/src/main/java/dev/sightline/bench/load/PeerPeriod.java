package dev.sightline.bench.load;

import dev.sightline.codec.RtpTime;
import dev.sightline.frame.CaptureClock;
import dev.sightline.testkit.webrtc.FrameArrival;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is counted of video from one moment to another. Used by one thread. */
final class PeerPeriod {
    private static final long INTERVAL_NANOS = 1_000_000_000 / 30;
    private static final double TICKS_PER_MILLI = RtpTime.CLOCK_RATE / 1e3;

    private final Map<Long, Round> rounds = new LinkedHashMap<>();
    private final Ages spreads = new Ages();
    private final Ages ages = new Ages();
    private final long[] framesOf;
    private final long startNanos = System.nanoTime();
    private long broken;
    private long packets;
    private long bytes;

    /** One picture on its way to all viewers. */
    private static final class Round {
        private long firstNanos = Long.MAX_VALUE;
        private long lastNanos;
        private int viewers;
    }

    /** Of so many viewers. */
    PeerPeriod(int viewers) {
        framesOf = new long[viewers];
    }

    /** A picture that came to a viewer, who has a number from 0; later ones than there were at the start do not count. */
    void frame(int viewer, FrameArrival frame) {
        if (viewer >= framesOf.length) {
            return;
        }
        packets += frame.packets();
        bytes += frame.bytes();
        if (!frame.whole()) {
            broken++;
            return;
        }
        framesOf[viewer]++;
        spreads.add((frame.lastNanos() - frame.firstNanos()) / 1e6);
        ages.add(ageMillis(frame));
        Round round = rounds.computeIfAbsent(frame.rtpTimestamp(), at -> new Round());
        round.firstNanos = Math.min(round.firstNanos, frame.firstNanos());
        round.lastNanos = Math.max(round.lastNanos, frame.lastNanos());
        round.viewers++;
    }

    /** What has come since the start. */
    PeersSeen end() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        double[] fps = Arrays.stream(framesOf)
                .mapToDouble(frames -> frames / seconds)
                .sorted()
                .toArray();
        long[] nanos = rounds.values().stream()
                .filter(round -> round.viewers == framesOf.length)
                .mapToLong(round -> round.lastNanos - round.firstNanos)
                .sorted()
                .toArray();
        long inTime =
                Arrays.stream(nanos).filter(each -> each <= INTERVAL_NANOS).count();
        return new PeersSeen(
                framesOf.length,
                seconds,
                new PeersSeen.Counts(Arrays.stream(framesOf).sum(), broken, packets, bytes),
                fps.length == 0 ? new PeersSeen.Pace(0, 0) : new PeersSeen.Pace(fps[0], fps[fps.length / 2]),
                new PeersSeen.Rounds(
                        spreads.quantile(0.99),
                        millis(nanos, 0.5),
                        millis(nanos, 0.99),
                        millis(nanos, 1),
                        nanos.length == 0 ? 0 : (double) inTime / nanos.length),
                new Age(ages.quantile(0.5), ages.quantile(0.99)));
    }

    /** The RTP timestamp is the capture time; both clocks are this machine's. */
    private static double ageMillis(FrameArrival frame) {
        long arrived = RtpTime.ofNanos(CaptureClock.system().ofNanoTime(frame.lastNanos()));
        return (int) (arrived - frame.rtpTimestamp()) / TICKS_PER_MILLI;
    }

    private static double millis(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1e6;
    }
}
