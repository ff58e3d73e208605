package dev.sightline.codec;

import dev.sightline.frame.Codec;
import java.util.ArrayList;
import java.util.List;

/**
 * The video renditions between which a stream's viewers are spread: the source's size first, then smaller ones for
 * thinner lines. The same source always gives the same ones, so that all viewers share them.
 */
public final class VideoLadder {
    /** The widths below the source's. */
    private static final int[] LOWER_WIDTHS = {640, 320};
    /** Two sizes nearer to each other than this are one. */
    private static final double LEAST_STEP = 1.4;

    /** What is encoded at most, in width and in pixels; one core must keep up with it. */
    private static final int MOST_WIDTH = 1920;

    private static final double MOST_PIXELS = 1920 * 1200;

    /** Known good points: 720p at 30 pictures a second takes 2 Mbit/s, 180p 0.3; rates grow slower than pixels. */
    private static final double REFERENCE_PIXELS = 1280 * 720;

    private static final double REFERENCE_BITS_PER_SECOND = 2_000_000;
    private static final double EXPONENT = 0.675;

    /** Between the paces of cameras (5, 7.5, 10, 12.5, 15, 20, 25, 30, 50, 60), none of which is measured exactly. */
    private static final double MOST_SLOW_FPS = 11.2;

    private static final double LEAST_FAST_FPS = 39;

    private static final int LEAST_BITS_PER_SECOND = 100_000;
    private static final int MOST_BITS_PER_SECOND = 4_000_000;

    private VideoLadder() {}

    /**
     * The renditions for a source, best first: one to three.
     *
     * @param codec {@link Codec#VP8} or {@link Codec#H264}
     * @param width of the source's pictures, at least 1
     * @param height of the source's pictures, at least 1
     * @param fps pictures a second; 0 if not known
     */
    public static List<Rendition.Video> rungs(Codec codec, int width, int height, double fps) {
        int best = bestWidth(width, height);
        double aspect = (double) height / width;
        List<Rendition.Video> rungs = new ArrayList<>();
        rungs.add(rung(codec, best == width ? Rendition.SOURCE_WIDTH : best, best, aspect, fps));
        int above = best;
        for (int lower : LOWER_WIDTHS) {
            if (above >= lower * LEAST_STEP) {
                rungs.add(rung(codec, lower, lower, aspect, fps));
                above = lower;
            }
        }
        return List.copyOf(rungs);
    }

    /** What is told of a source's own video, of any size: its true rate is the source's affair. */
    public static Rendition.Video source(Codec codec, int width, int height, double fps) {
        return rung(codec, Rendition.SOURCE_WIDTH, width, (double) height / width, fps);
    }

    private static int bestWidth(int width, int height) {
        double shrink = Math.min(1, Math.sqrt(MOST_PIXELS / ((double) width * height)));
        return Math.min(MOST_WIDTH, shrink == 1 ? width : (int) (width * shrink) & ~15);
    }

    private static Rendition.Video rung(Codec codec, int named, int width, double aspect, double fps) {
        double pixels = width * (width * aspect);
        double bits = REFERENCE_BITS_PER_SECOND * Math.pow(pixels / REFERENCE_PIXELS, EXPONENT) * paceFactor(fps);
        double rounded = Math.round(bits / 100_000) * 100_000.0;
        return new Rendition.Video(
                codec, named, (int) Math.max(LEAST_BITS_PER_SECOND, Math.min(MOST_BITS_PER_SECOND, rounded)));
    }

    /** Twice as many pictures need less than twice as much; in steps, so that a wavering pace changes nothing. */
    private static double paceFactor(double fps) {
        if (fps > LEAST_FAST_FPS) {
            return 1.5;
        }
        return fps > 0 && fps < MOST_SLOW_FPS ? 0.5 : 1;
    }
}
