package dev.sightline.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Measures a camera's noise: by how much calm places differ from one frame to the next, pixel by pixel. Looks at small blocks
 * all over the frame, a few times a second, and goes by the calmer ones, as whatever moves differs too. Used by one thread.
 */
final class NoiseMeter {
    private static final int BLOCK = 8;
    private static final int COLUMNS = 16;
    private static final int ROWS = 12;
    private static final int BLOCKS = COLUMNS * ROWS;

    private static final long INTERVAL_NANOS = 250_000_000;

    /**
     * Deviations of the luma. Noise below the first is not worth the detail that goes with it; above the second it is hardly
     * noise, but motion everywhere.
     */
    private static final double LEAST = 2.6;

    private static final double MOST = 7;
    /** Noise that was there is gone below this. */
    private static final double GONE = 1.6;

    /** Consecutive measurements: a second's, and at first those of the first five frames. */
    private static final int ENOUGH_TO_BEGIN = 4;

    private static final int ENOUGH_TO_END = 20;

    /** Near black and white noise is clipped. */
    private static final int DARKEST = 24;

    private static final int LIGHTEST = 226;
    /** Which of the blocks counts, the calmest first: one in so many is calmer. */
    private static final int CALM = 4;

    private static final int LEAST_BLOCKS = BLOCKS / 8;

    private byte[] before = new byte[BLOCKS * BLOCK * BLOCK];
    private byte[] now = new byte[BLOCKS * BLOCK * BLOCK];
    private final double[] deviations = new double[BLOCKS];
    private int width;
    private int height;
    private long measuredNanos;
    private int measurements;
    private boolean held;
    private boolean noisy;
    private int contradictions;

    /** Whether frames are noisy; the answer changes slowly. */
    boolean noisy() {
        return noisy;
    }

    /** Looks at the next frame, with its time in nanoseconds; one that is smaller than a block counts as clean. */
    void look(YuvPicture picture, long nanos) {
        if (picture.width() < BLOCK || picture.height() < BLOCK) {
            return;
        }
        if (picture.width() != width || picture.height() != height) {
            width = picture.width();
            height = picture.height();
            held = false;
        }
        if (!held && measurements >= ENOUGH_TO_BEGIN && Math.abs(nanos - measuredNanos) < INTERVAL_NANOS) {
            return;
        }
        copyBlocks(picture.luma());
        if (held) {
            measurements++;
            measuredNanos = nanos;
            judge(deviation());
        }
        held = !held || measurements < ENOUGH_TO_BEGIN;
        byte[] older = before;
        before = now;
        now = older;
    }

    private void judge(double deviation) {
        boolean contradicts = noisy ? deviation < GONE || deviation > MOST : deviation >= LEAST && deviation <= MOST;
        contradictions = contradicts ? contradictions + 1 : 0;
        if (contradictions >= (noisy ? ENOUGH_TO_END : ENOUGH_TO_BEGIN)) {
            noisy = !noisy;
            contradictions = 0;
        }
    }

    private void copyBlocks(ByteBuffer luma) {
        int to = 0;
        for (int row = 0; row < ROWS; row++) {
            int y = (height - BLOCK) * row / (ROWS - 1);
            for (int column = 0; column < COLUMNS; column++) {
                int x = (width - BLOCK) * column / (COLUMNS - 1);
                for (int line = 0; line < BLOCK; line++, to += BLOCK) {
                    luma.get((y + line) * width + x, now, to, BLOCK);
                }
            }
        }
    }

    /** Of the noise in both frames; 0 if they are too dark or too light to tell. */
    private double deviation() {
        int count = 0;
        for (int block = 0; block < BLOCKS; block++) {
            double deviation = deviation(block * BLOCK * BLOCK);
            if (deviation >= 0) {
                deviations[count++] = deviation;
            }
        }
        if (count < LEAST_BLOCKS) {
            return 0;
        }
        Arrays.sort(deviations, 0, count);
        return deviations[count / CALM];
    }

    /** Of the noise in a block, or -1. What moves changes neighbours alike, noise does not: so it goes by their difference. */
    private double deviation(int from) {
        int sum = 0;
        long squares = 0;
        for (int i = from; i < from + BLOCK * BLOCK; i += BLOCK) {
            int last = 0;
            for (int x = 0; x < BLOCK; x++) {
                int luma = now[i + x] & 0xff;
                int change = luma - (before[i + x] & 0xff);
                sum += luma;
                squares += x == 0 ? 0 : (long) (change - last) * (change - last);
                last = change;
            }
        }
        int mean = sum / (BLOCK * BLOCK);
        // Four independent values make up each difference.
        return mean < DARKEST || mean > LIGHTEST ? -1 : Math.sqrt(squares / 4.0 / (BLOCK * (BLOCK - 1)));
    }
}
