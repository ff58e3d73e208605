package dev.sightline.source.ffmpeg;

import dev.sightline.frame.JpegHeader;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * The shape of a video's pixels, width to height. Frames are delivered with square pixels: they grow in one direction, so that
 * nothing is lost.
 *
 * @param width of a pixel, at least 1
 * @param height of a pixel, at least 1
 */
record SampleAspectRatio(int width, int height) {
    /** Computers' pixels. */
    static final SampleAspectRatio SQUARE = new SampleAspectRatio(1, 1);

    /** The most that video is stretched. */
    private static final int MOST = 4;

    /** FFmpeg's value; square if it is missing or implausible. */
    static SampleAspectRatio of(AVRational ratio) {
        long width = ratio.num();
        long height = ratio.den();
        boolean known = width > 0 && height > 0 && width <= MOST * height && height <= MOST * width;
        return known ? new SampleAspectRatio((int) width, (int) height) : SQUARE;
    }

    boolean isSquare() {
        return width == height;
    }

    /** The size of a frame that shows the same with square pixels. A side that grows becomes even. */
    Size squared(int columns, int rows) {
        Size size = width > height
                ? new Size(even((long) columns * width, height), rows)
                : new Size(columns, even((long) rows * height, width));
        boolean stays = isSquare() || (long) size.width() * size.height() > JpegHeader.MAX_PIXELS;
        return stays ? new Size(columns, rows) : size;
    }

    private static int even(long dividend, int divisor) {
        return (int) Math.round(dividend / (2.0 * divisor)) * 2;
    }

    /**
     * A frame's size.
     *
     * @param width in pixels
     * @param height in pixels
     */
    record Size(int width, int height) {}
}
