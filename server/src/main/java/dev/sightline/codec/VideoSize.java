package dev.sightline.codec;

/**
 * The size of a video's pictures: even, because colour has half of it.
 *
 * @param width in pixels, even
 * @param height in pixels, even
 */
record VideoSize(int width, int height) {
    /** Below this no encoder makes sense of a picture; one that is narrower or lower is stretched. */
    private static final int LEAST = 16;

    /**
     * The size in which pictures are encoded: at most as wide as wanted, in the picture's proportions, and not enlarged but
     * to the least that can be encoded.
     *
     * @param mostWidth {@link Rendition#SOURCE_WIDTH}, or the greatest width
     */
    static VideoSize of(int pictureWidth, int pictureHeight, int mostWidth) {
        boolean whole = mostWidth == Rendition.SOURCE_WIDTH || mostWidth >= pictureWidth;
        int width = whole ? pictureWidth : mostWidth;
        int height = whole ? pictureHeight : Math.round((float) pictureHeight * mostWidth / pictureWidth);
        return new VideoSize(Math.max(LEAST, width & ~1), Math.max(LEAST, height & ~1));
    }
}
