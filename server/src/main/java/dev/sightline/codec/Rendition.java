package dev.sightline.codec;

import dev.sightline.frame.Codec;

/**
 * One form in which a stream is delivered; each is encoded once, for everybody who watches it.
 *
 * @param codec how it is compressed
 * @param width in pixels: {@link #SOURCE_WIDTH}, or one of {@link #WIDTHS}; a picture is never enlarged to reach it
 * @param quality 1 to 100, for JPEG
 */
public record Rendition(Codec codec, int width, int quality) {
    /** The width of the pictures as they leave the pipeline. */
    public static final int SOURCE_WIDTH = 0;

    /** JPEG's quality where nothing else is asked for. */
    public static final int DEFAULT_QUALITY = 80;

    /** What a viewer gets who asks for nothing: JPEG, the source's size, quality 80. */
    public static final Rendition DEFAULT = new Rendition(Codec.MJPEG, SOURCE_WIDTH, DEFAULT_QUALITY);

    private static final int[] WIDTHS = {160, 320, 640, 1280};

    /** Refuses a quality outside 1 to 100 and a negative width. */
    public Rendition {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality lies between 1 and 100, this is " + quality);
        }
        if (width < 0) {
            throw new IllegalArgumentException("width is at least 1, this is " + width);
        }
    }

    /** The JPEG rendition for a wanted width: the next larger one of 160, 320, 640 and 1280, else the source's. */
    public static Rendition jpeg(int wantedWidth, int quality) {
        for (int width : WIDTHS) {
            if (wantedWidth > 0 && wantedWidth <= width) {
                return new Rendition(Codec.MJPEG, width, quality);
            }
        }
        return new Rendition(Codec.MJPEG, SOURCE_WIDTH, quality);
    }

    /** For people and in {@code /api}: {@code mjpeg 640 q80}. */
    public String describe() {
        return codec.codecName() + " " + (width == SOURCE_WIDTH ? "source" : width) + " q" + quality;
    }
}
