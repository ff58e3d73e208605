package dev.sightline.transport.webrtc;

/**
 * The bit rate of the best rendition: what its size needs, and up to a cap more where the best line among the viewers carries
 * that. It changes rarely, since each time an encoder begins, with a keyframe: up after five seconds in which that line carries
 * clearly more, to the cap at once or else half the way; down after two in which it carries less. After each time that it had to
 * go down it waits twice as long. Used by one thread; time is passed in as nanoseconds of any one clock.
 */
final class TopRate {
    private static final long SECOND = 1_000_000_000L;
    private static final int STEPS = 2;
    private static final double WORTHWHILE = 1.2;
    private static final double CLEARLY_MORE = 1.3;
    private static final double HARDLY_ENOUGH = 1.05;
    private static final int SECONDS_UP = 5;
    private static final int SECONDS_DOWN = 2;
    private static final long LEAST_PAUSE = 30 * SECOND;
    private static final long GREATEST_PAUSE = 600 * SECOND;
    private static final double GRAIN = 100_000;

    private int step;
    private long best;
    private int more;
    private int less;
    private long rolledNanos = Long.MIN_VALUE;
    private long notBeforeNanos = Long.MIN_VALUE;
    private long pauseNanos = LEAST_PAUSE;

    /** The line of a viewer carries so many bits per second. */
    void carries(long bitsPerSecond) {
        best = Math.max(best, bitsPerSecond);
    }

    /**
     * The rate in bits per second; ask a few times a second.
     *
     * @param base what the size needs
     * @param cap the highest; base counts as the highest if it is more
     * @param load of the encoders
     */
    int rate(int base, int cap, EncoderLoad load, long nowNanos) {
        if (rolledNanos == Long.MIN_VALUE || nowNanos - rolledNanos >= SECOND) {
            rolledNanos = nowNanos;
            roll(base, cap, load, nowNanos);
            best = 0;
        }
        return of(step, base, cap);
    }

    /** Whether it would be higher if a viewer's line were known to carry more. */
    boolean seeksMore(int base, int cap, long nowNanos) {
        return step < STEPS && cap >= WORTHWHILE * base && nowNanos >= notBeforeNanos;
    }

    private void roll(int base, int cap, EncoderLoad load, long nowNanos) {
        more = seeksMore(base, cap, nowNanos) && best >= CLEARLY_MORE * of(step + 1, base, cap) ? more + 1 : 0;
        less = best < HARDLY_ENOUGH * of(step, base, cap) ? less + 1 : 0;
        if (step > 0 && (load.isHigh() || less >= SECONDS_DOWN)) {
            step = load.isHigh() ? 0 : step - 1;
            notBeforeNanos = nowNanos + pauseNanos;
            pauseNanos = Math.min(GREATEST_PAUSE, 2 * pauseNanos);
            less = 0;
        } else if (load.isLow() && more >= SECONDS_UP) {
            step = best >= CLEARLY_MORE * cap ? STEPS : step + 1;
            more = 0;
        }
    }

    private static int of(int step, int base, int cap) {
        if (cap < WORTHWHILE * base) {
            return base;
        }
        double rate = base * Math.pow((double) cap / base, (double) step / STEPS);
        return (int) (Math.round(rate / GRAIN) * GRAIN);
    }
}
