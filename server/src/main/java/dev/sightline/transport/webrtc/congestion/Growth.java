package dev.sightline.transport.webrtc.congestion;

/**
 * When to try a rate that the line has not carried yet: after a pause, which is twice as long after each time that it failed or
 * that the line turned out to carry no more.
 */
final class Growth {
    private static final long SECOND = 1_000_000_000;
    private static final long LEAST_PAUSE = SECOND;

    /** A line that has widened is to be noticed within ten seconds. */
    private static final long GREATEST_PAUSE = 6 * SECOND;

    /** What fails later than this after it was tried has other reasons. */
    private static final long PROBATION = 3 * SECOND;

    private long pause = LEAST_PAUSE;
    private long sinceNanos = Long.MIN_VALUE;
    private long triedNanos = Long.MIN_VALUE;
    private boolean onProbation;

    boolean isDue(long nowNanos) {
        if (sinceNanos == Long.MIN_VALUE) {
            sinceNanos = nowNanos;
        }
        return nowNanos - sinceNanos >= pause;
    }

    /** A higher rate is tried. */
    void tried(long nowNanos) {
        pause = LEAST_PAUSE;
        onProbation = true;
        triedNanos = nowNanos;
        sinceNanos = nowNanos;
    }

    /** It was time, but the line carries no more. */
    void vain(long nowNanos) {
        pause = Math.min(GREATEST_PAUSE, pause * 2);
        sinceNanos = nowNanos;
    }

    /** The line is overused. */
    void failed(long nowNanos) {
        if (onProbation && nowNanos - triedNanos <= PROBATION) {
            pause = Math.min(GREATEST_PAUSE, pause * 4);
        }
        onProbation = false;
        sinceNanos = nowNanos;
    }
}
