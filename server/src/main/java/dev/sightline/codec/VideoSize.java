package dev.sightline.codec;

/**
 * The size of a video's frames: even, because chroma has half of it.
 *
 * @param width in pixels, even
 * @param height in pixels, even
 */
record VideoSize(int width, int height) {
    /** The minimum for encoders; a frame that is narrower or lower is stretched. */
    private static final int LEAST = 16;

    /**
     * The size in which frames are encoded: at most the given width, in the frame's proportions, and enlarged only to the
     * minimum.
     *
     * @param mostWidth {@link Rendition#SOURCE_WIDTH}, or the maximum width
     */
    static VideoSize of(int pictureWidth, int pictureHeight, int mostWidth) {
        boolean whole = mostWidth == Rendition.SOURCE_WIDTH || mostWidth >= pictureWidth;
        int width = whole ? pictureWidth : mostWidth;
        int height = whole ? pictureHeight : Math.round((float) pictureHeight * mostWidth / pictureWidth);
        return even(width, height);
    }

    /** This size, scaled both ways by a factor, at most 1. */
    VideoSize scaled(double factor) {
        return factor == 1 ? this : even((int) Math.round(width * factor), (int) Math.round(height * factor));
    }

    private static VideoSize even(int width, int height) {
        return new VideoSize(Math.max(LEAST, width & ~1), Math.max(LEAST, height & ~1));
    }
}
