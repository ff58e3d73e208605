package dev.sightline.testkit;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Decides how long TCP takes to bring one segment after the other over a poor network. The same seed gives the same times.
 *
 * <p>A lost segment is missed when a later one is there, and comes again one and a half round trips later than it would have:
 * one for the answer that tells of it, and the rest for the later segment and for the doubt that it only was overtaken (RFC
 * 8985, section 6.2). If that is lost too, nothing tells of it, and the sender waits for its time-out: a round trip and 200 ms,
 * the least that Linux takes, and twice as long each time. Order stays: what was sent afterwards waits for it.
 */
final class TcpWay {
    /** Bytes of a segment on Ethernet with time stamps. */
    static final int SEGMENT = 1_448;

    private static final long LEAST_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(200);

    private final SplittableRandom random;
    private long lastDueNanos = Long.MIN_VALUE;

    TcpWay(long seed) {
        random = new SplittableRandom(seed);
    }

    /** When a segment that is sent now is there, in the same clock. */
    long due(Impairment impairment, long roundTripNanos, long nowNanos) {
        long due = nowNanos + impairment.delay().toNanos();
        long wait = roundTripNanos * 3 / 2;
        long timeout = roundTripNanos + LEAST_TIMEOUT;
        while (random.nextDouble() < impairment.loss()) {
            due += wait;
            wait = timeout;
            timeout *= 2;
        }
        lastDueNanos = Math.max(due, lastDueNanos);
        return lastDueNanos;
    }
}
