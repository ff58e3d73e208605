package dev.sightline.transport.webrtc.congestion;

import java.util.OptionalLong;
import java.util.SplittableRandom;

/** A line with a narrow link and a queue before it, in virtual time. The same seed gives the same fates. */
public final class SimulatedLine {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final SplittableRandom random;
    private double bitsPerSecond = 1e9;
    private long queueNanos = NANOS_PER_SECOND;
    private long delayNanos = 10_000_000;
    private double entering;
    private double leaving = 1;
    private boolean losing;
    private long jitterNanos;
    private int mtu = 65_536;
    private int dropped;
    private long freeNanos;
    private long dueNanos;

    public SimulatedLine(long seed) {
        random = new SplittableRandom(seed);
    }

    /** From now on the link carries so much; what would wait longer is dropped. */
    public SimulatedLine carrying(double bits, long mostQueueMillis) {
        bitsPerSecond = bits;
        queueNanos = mostQueueMillis * 1_000_000;
        return this;
    }

    /** From now on a packet takes so long besides, each way. */
    public SimulatedLine delaying(long millis) {
        delayNanos = millis * 1_000_000;
        return this;
    }

    /** From now on this share is lost, each packet by chance of its own. */
    public SimulatedLine losing(double share) {
        return losing(share, 1);
    }

    /** From now on this share is lost, so many in a row in the mean. */
    public SimulatedLine losing(double share, double row) {
        leaving = 1 / row;
        entering = share * leaving / (1 - share);
        return this;
    }

    /** From now on larger datagrams are lost. */
    public SimulatedLine swallowingAbove(int bytes) {
        mtu = bytes;
        return this;
    }

    /** From now on it takes longer by chance, at most so much; it changes no order. */
    public SimulatedLine jittering(long millis) {
        jitterNanos = millis * 1_000_000;
        return this;
    }

    public long delayNanos() {
        return delayNanos;
    }

    /** Packets that were too large, or for which the queue had no room. */
    public int dropped() {
        return dropped;
    }

    /** How long a packet that came now would wait. */
    public long waiting(long nowNanos) {
        return Math.max(0, freeNanos - nowNanos);
    }

    /** When a packet that is sent now arrives; empty if it is lost. */
    public OptionalLong arrival(int bytes, long nowNanos) {
        if (bytes > mtu || waiting(nowNanos) > queueNanos) {
            dropped++;
            return OptionalLong.empty();
        }
        freeNanos = Math.max(freeNanos, nowNanos) + Math.round(bytes * 8.0 / bitsPerSecond * NANOS_PER_SECOND);
        losing = losing ? random.nextDouble() >= leaving : random.nextDouble() < entering;
        if (losing) {
            return OptionalLong.empty();
        }
        dueNanos = Math.max(dueNanos, freeNanos + delayNanos + (long) (random.nextDouble() * jitterNanos));
        return OptionalLong.of(dueNanos);
    }
}
