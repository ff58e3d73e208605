package dev.sightline.transport.webrtc.congestion;

import java.util.OptionalLong;

/**
 * The rate by the delay (GCC section 5.5): up while nothing queues, slowly near what the line carried when it was full and by 8 %
 * a second elsewhere; down at once to 85 % of what arrives when a queue grows; held while it drains.
 */
final class AimdRateControl {
    private static final double DOWN = 0.85;
    private static final double UP_PER_SECOND = 1.08;

    /** What arrives says no more than this about what could. */
    private static final double BEYOND_ARRIVING = 1.5;

    private static final double BEYOND_NOTHING = 10_000;
    private static final double PACKET_BITS = 1_200 * 8;
    private static final double LEAST_STEP = 4_000;
    private static final double ANSWERING_SECONDS = 0.1;
    private static final double LEAST = 30_000;

    private final LinkCapacity capacity = new LinkCapacity();
    private double rate;
    private boolean increases;
    private long changedNanos = Long.MIN_VALUE;

    /** Starts with this rate, in bits per second. */
    AimdRateControl(double rate) {
        this.rate = rate;
    }

    /**
     * Takes a judgement.
     *
     * @param arriving bits per second that arrive, if known
     */
    void update(LineUsage usage, OptionalLong arriving, long roundTripNanos, long nowNanos) {
        if (changedNanos == Long.MIN_VALUE) {
            changedNanos = nowNanos;
        }
        switch (usage) {
            case OVERUSED -> {
                decrease(arriving, nowNanos);
                increases = false;
            }
            case UNDERUSED -> increases = false;
            case NORMAL -> {
                if (increases) {
                    increase(arriving, roundTripNanos, nowNanos);
                }
                increases = true;
                changedNanos = nowNanos;
            }
        }
    }

    /** A measurement shows that the line carries more than the current rate. */
    void carries(double bitsPerSecond) {
        capacity.measured(bitsPerSecond);
        rate = Math.max(rate, bitsPerSecond);
    }

    /** The line carries no more than this: the rest was lost. */
    void bound(double bitsPerSecond) {
        if (bitsPerSecond < rate) {
            rate = Math.max(LEAST, bitsPerSecond);
            capacity.overused(bitsPerSecond);
            increases = false;
        }
    }

    double bitsPerSecond() {
        return rate;
    }

    private void decrease(OptionalLong arriving, long nowNanos) {
        double arrives = arriving.isPresent() ? arriving.getAsLong() : rate;
        double lower = DOWN * arrives;
        if (lower > rate && capacity.isKnown()) {
            lower = DOWN * capacity.bitsPerSecond();
        }
        rate = Math.max(LEAST, Math.min(rate, lower));
        if (arrives < capacity.lowerBound()) {
            capacity.forget();
        }
        capacity.overused(arrives);
        changedNanos = nowNanos;
    }

    private void increase(OptionalLong arriving, long roundTripNanos, long nowNanos) {
        double seconds = Math.min(1, (nowNanos - changedNanos) / 1e9);
        double most = arriving.isPresent() ? BEYOND_ARRIVING * arriving.getAsLong() + BEYOND_NOTHING : rate;
        if (arriving.isPresent() && arriving.getAsLong() > capacity.upperBound()) {
            capacity.forget();
        }
        double higher =
                capacity.isKnown() ? rate + seconds * step(roundTripNanos) : rate * Math.pow(UP_PER_SECOND, seconds);
        rate = Math.max(rate, Math.min(most, higher));
    }

    /** About a packet for each time that the line takes to answer. */
    private static double step(long roundTripNanos) {
        return Math.max(LEAST_STEP, PACKET_BITS / (roundTripNanos / 1e9 + ANSWERING_SECONDS));
    }
}
