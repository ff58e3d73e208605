package dev.sightline.codec;

import dev.sightline.frame.Codec;

/**
 * Holds a rate by the size of the frames, if an encoder cannot do so by quality, and before {@link RateGuard} leaves any out:
 * noise and fine texture in motion cost too much even at the worst quality, and a small frame that moves is better than a large
 * one that stands. After some seconds it tries the next larger size, and waits twice as long each time that this was in vain.
 * Used by one thread, except for {@link #shrink}.
 */
final class SizeGuard {
    private static final double NANOS_PER_SECOND = 1e9;

    private static final double[] SCALES = {1, 0.75, 0.5, 0.375, 0.25};

    /** However slow the frames, a few of them are no reason. */
    private static final double LEAST_FRAMES = 6;

    /** A debt that the encoder's buffer and {@link RateGuard} bear for ever. */
    private static final double TOLERANCE = 1.05;
    /** The share of the last frame in the mean of their costs. */
    private static final double RECENT = 0.25;

    /** What a keyframe should need instead. */
    private static final double GOOD_KEYFRAME_SECONDS = 0.3;
    /** Smaller frames have more in each pixel. */
    private static final double OPTIMISM = 1.15;

    private static final double LEAST_WAIT_SECONDS = 5;
    private static final double MOST_WAIT_SECONDS = 160;
    /** A larger size that was held for so long is held. */
    private static final double TRIAL_SECONDS = 2;

    private final double bitsPerSecond;
    private final Patience patience;
    private volatile int step;
    private double excessSeconds;
    private double costSeconds;
    private double load = 1;
    private double waitSeconds = LEAST_WAIT_SECONDS;
    /** Video time that has passed, and when the last size was given up, tried, and may be tried again. */
    private double now;

    private double grownAt = Double.NEGATIVE_INFINITY;
    private double growAt;
    private long last;

    /**
     * What an encoder may need before its frames become smaller.
     *
     * @param excess the debt of frames other than keyframes, in seconds of the rate
     * @param intervals a frame counts for no more than so many: a new scene is no reason
     * @param keyframe a keyframe's part, in seconds of the rate
     */
    private record Patience(double excess, double intervals, double keyframe) {
        /** VP8's encoder makes up for what it needed, down to its worst quality, and is there in a frame or two. */
        static final Patience LONG = new Patience(0.6, 4, Double.POSITIVE_INFINITY);

        /** Others come down slowly: where a keyframe needs so much, the next ones need nearly as much. */
        static final Patience SHORT = new Patience(0.25, 2.5, 0.6);
    }

    private SizeGuard(int bitsPerSecond, Patience patience) {
        this.bitsPerSecond = bitsPerSecond;
        this.patience = patience;
    }

    /** The guard of a rendition. */
    static SizeGuard of(Rendition.Video rendition) {
        return new SizeGuard(
                rendition.bitsPerSecond(), rendition.codec() == Codec.VP8 ? Patience.LONG : Patience.SHORT);
    }

    /** The size in which the next frame is encoded, instead of its own; any thread. */
    VideoSize shrink(VideoSize size) {
        return size.scaled(SCALES[step]);
    }

    /** Whether frames are too hard for their size, or have been so lately. */
    boolean strained() {
        return step > 0 || onTrial();
    }

    private boolean onTrial() {
        return now - grownAt < TRIAL_SECONDS;
    }

    /**
     * Notes a frame that was encoded.
     *
     * @param nanos its time
     * @return whether the next ones become smaller for that
     */
    boolean encoded(long nanos, int bytes, boolean keyframe) {
        double cost = bytes * 8 / bitsPerSecond;
        boolean hopeless = keyframe && cost > patience.keyframe();
        costSeconds = keyframe ? costSeconds : cost;
        // A trial has to make up for its keyframe, too.
        if (!hopeless && (!keyframe || onTrial())) {
            return add(nanos, cost);
        }
        pass(nanos);
        return hopeless && shrinkBy(Math.sqrt(GOOD_KEYFRAME_SECONDS / cost));
    }

    /** Notes a frame that was left out: it would have cost as much as the last. Answers like {@link #encoded}. */
    boolean leftOut(long nanos) {
        return add(nanos, costSeconds);
    }

    private boolean add(long nanos, double cost) {
        double interval = pass(nanos);
        if (interval == 0) {
            return false;
        }
        load += RECENT * (cost / interval - load);
        double counted = Math.min(cost, patience.intervals() * interval);
        excessSeconds = Math.max(0, excessSeconds + counted - TOLERANCE * interval);
        double bearable = Math.max(patience.excess(), LEAST_FRAMES * interval);
        if (excessSeconds > (onTrial() ? bearable / 2 : bearable)) {
            return shrinkBy(OPTIMISM / Math.sqrt(load));
        }
        if (step > 0 && now >= growAt) {
            grow();
        }
        return false;
    }

    /** Lets the time go on to a frame's, by at most a second; answers by how much. */
    private double pass(long nanos) {
        double interval = last == 0 ? 0 : Math.max(0, Math.min(1, (nanos - last) / NANOS_PER_SECOND));
        last = nanos;
        now += interval;
        return interval;
    }

    private boolean shrinkBy(double factor) {
        double wanted = SCALES[step] * factor;
        int to = Math.min(step + 1, SCALES.length - 1);
        while (to < SCALES.length - 1 && SCALES[to] > wanted) {
            to++;
        }
        boolean shrinks = to > step;
        boolean inVain = now - grownAt < waitSeconds;
        waitSeconds = inVain ? Math.min(MOST_WAIT_SECONDS, 2 * waitSeconds) : LEAST_WAIT_SECONDS;
        growAt = now + waitSeconds;
        begin(to);
        return shrinks;
    }

    private void grow() {
        grownAt = now;
        growAt = now + TRIAL_SECONDS;
        begin(step - 1);
    }

    private void begin(int size) {
        step = size;
        excessSeconds = 0;
        load = 1;
    }
}
