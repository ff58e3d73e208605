package dev.sightline.codec;

import dev.sightline.frame.Codec;
import java.util.ArrayList;
import java.util.List;

/**
 * The video renditions for a stream's viewers: the source's size first, then smaller ones for slower networks. The same source
 * always gives the same ones, so that all viewers share them.
 */
public final class VideoLadder {
    /** The width for the thinnest lines; that between it and the source's is as many times smaller than the one as larger than the other. */
    private static final int LEAST_WIDTH = 160;

    /** Encoders cut pictures into squares of so many pixels. */
    private static final int GRAIN = 16;

    /** Sizes with a smaller ratio than this count as one. */
    private static final double LEAST_STEP = 1.4;

    /** The maximum for encoding, in width and in pixels; one core must keep up with it. */
    private static final int MOST_WIDTH = 1920;

    private static final double MOST_PIXELS = 1920 * 1200;

    /** Known good points: 720p at 30 frames per second takes 2 Mbit/s, 180p 0.3; rates grow more slowly than pixels. */
    private static final double REFERENCE_PIXELS = 1280 * 720;

    private static final double REFERENCE_BITS_PER_SECOND = 2_000_000;
    private static final double EXPONENT = 0.675;

    /** Between the rates of cameras (5, 7.5, 10, 12.5, 15, 20, 25, 30, 50, 60), none of which is measured exactly. */
    private static final double MOST_SLOW_FPS = 11.2;

    private static final double LEAST_FAST_FPS = 39;

    private static final int LEAST_BITS_PER_SECOND = 100_000;
    private static final int MOST_BITS_PER_SECOND = 4_000_000;

    /** Twice as many bits for 1080p as for 720p. */
    private static final double CAP_EXPONENT = 0.855;

    private VideoLadder() {}

    /**
     * The renditions for a source, best first: one to three.
     *
     * @param codec {@link Codec#VP8} or {@link Codec#H264}
     * @param width of the source's frames, at least 1
     * @param height of the source's frames, at least 1
     * @param fps frames per second; 0 if unknown
     */
    public static List<Rendition.Video> rungs(Codec codec, int width, int height, double fps) {
        int best = bestWidth(width, height);
        double aspect = (double) height / width;
        List<Rendition.Video> rungs = new ArrayList<>();
        rungs.add(rung(codec, best == width ? Rendition.SOURCE_WIDTH : best, best, aspect, fps));
        int middle = (int) Math.round(Math.sqrt((double) best * LEAST_WIDTH) / GRAIN) * GRAIN;
        if (best >= LEAST_STEP * middle && middle >= LEAST_STEP * LEAST_WIDTH) {
            rungs.add(rung(codec, middle, middle, aspect, fps));
        }
        if (best >= LEAST_STEP * LEAST_WIDTH) {
            rungs.add(new Rendition.Video(codec, LEAST_WIDTH, LEAST_BITS_PER_SECOND));
        }
        return List.copyOf(rungs);
    }

    /** The highest rate that a size is given where the line carries it, if that of 1280x720 is this; in bits per second. */
    public static int cap(int width, int height, int capOf720) {
        double pixels = Math.min(MOST_PIXELS, (double) width * height);
        return (int) (capOf720 * Math.pow(pixels / REFERENCE_PIXELS, CAP_EXPONENT));
    }

    /** Stands for a source's own video, of any size; its actual bit rate is the source's choice. */
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

    /** Twice as many frames need less than twice the rate; in steps, so that small changes of the frame rate change nothing. */
    private static double paceFactor(double fps) {
        if (fps > LEAST_FAST_FPS) {
            return 1.5;
        }
        return fps > 0 && fps < MOST_SLOW_FPS ? 0.5 : 1;
    }
}
