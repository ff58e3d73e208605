package dev.sightline.codec;

/**
 * The size of a video's pictures: even, because colour has half of it.
 *
 * @param width in pixels, even
 * @param height in pixels, even
 */
record VideoSize(int width, int height) {
    /** Below this no encoder makes sense of a picture. */
    private static final int LEAST = 16;

    /**
     * The size in which pictures are encoded: at most as wide as wanted, in the picture's proportions, never enlarged.
     *
     * @param mostWidth {@link Rendition#SOURCE_WIDTH}, or the greatest width
     * @throws CodecException if the picture is too small to be encoded
     */
    static VideoSize of(int pictureWidth, int pictureHeight, int mostWidth) {
        boolean whole = mostWidth == Rendition.SOURCE_WIDTH || mostWidth >= pictureWidth;
        int width = whole ? pictureWidth : mostWidth;
        int height = whole ? pictureHeight : Math.round((float) pictureHeight * mostWidth / pictureWidth);
        if (width < LEAST || height < LEAST) {
            throw new CodecException("a picture of " + width + "x" + height + " is too small for video: " + LEAST + "x"
                    + LEAST + " is the least");
        }
        return new VideoSize(width & ~1, height & ~1);
    }
}
