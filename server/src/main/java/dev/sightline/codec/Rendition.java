package dev.sightline.codec;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sightline.frame.Codec;

/** One form in which a stream is delivered; each is encoded once for all its viewers. */
public sealed interface Rendition {
    /** The width of the frames that leave the pipeline. */
    int SOURCE_WIDTH = 0;

    /** JPEG's default quality. */
    int DEFAULT_QUALITY = 80;

    /** The default: JPEG, the source's size, quality 80. */
    Rendition DEFAULT = new Jpeg(SOURCE_WIDTH, DEFAULT_QUALITY);

    /** The frames as they are before the first step, for comparison; they may show what a step hides. */
    Rendition UNPROCESSED = new Jpeg(SOURCE_WIDTH, DEFAULT_QUALITY, false);

    /** No image at all, only identity and metadata. */
    Rendition METADATA = new MetadataOnly();

    /** How it is compressed. */
    Codec codec();

    /** In pixels: {@link #SOURCE_WIDTH}, or a width; frames are never enlarged to reach it. */
    int width();

    /** Whether its frames went through the pipeline. */
    boolean processed();

    /** For people and in {@code /api}: {@code mjpeg 640 q80}, {@code vp8 source 2000 kbit/s}. */
    @JsonValue
    String describe();

    /** The JPEG rendition for a requested width: the next larger one of 160, 320, 640 and 1280, else the source's. */
    static Rendition jpeg(int wantedWidth, int quality) {
        for (int width : Jpeg.WIDTHS) {
            if (wantedWidth > 0 && wantedWidth <= width) {
                return new Jpeg(width, quality);
            }
        }
        return new Jpeg(SOURCE_WIDTH, quality);
    }

    private static String describe(int width) {
        return width == SOURCE_WIDTH ? "source" : Integer.toString(width);
    }

    private static void checkWidth(int width) {
        if (width < 0) {
            throw new IllegalArgumentException("width is at least 1, this is " + width);
        }
    }

    /**
     * Single JPEG frames.
     *
     * @param width {@link #SOURCE_WIDTH}, or one of 160, 320, 640 and 1280
     * @param quality 1 to 100
     * @param processed whether its frames went through the pipeline
     */
    record Jpeg(int width, int quality, boolean processed) implements Rendition {
        private static final int[] WIDTHS = {160, 320, 640, 1280};

        /** One of processed frames. */
        public Jpeg(int width, int quality) {
            this(width, quality, true);
        }

        /** Refuses a quality outside 1 to 100 and a negative width. */
        public Jpeg {
            checkWidth(width);
            if (quality < 1 || quality > 100) {
                throw new IllegalArgumentException("quality lies between 1 and 100, this is " + quality);
            }
        }

        @Override
        public Codec codec() {
            return Codec.MJPEG;
        }

        @Override
        public String describe() {
            return codec().codecName() + " " + Rendition.describe(width) + " q" + quality
                    + (processed ? "" : " unprocessed");
        }
    }

    /**
     * Inter-coded video.
     *
     * @param codec {@link Codec#VP8} or {@link Codec#H264}
     * @param width {@link #SOURCE_WIDTH}, or the maximum width
     * @param bitsPerSecond the bit rate, at least 10,000
     */
    record Video(Codec codec, int width, int bitsPerSecond) implements Rendition {
        private static final int LEAST_BITS_PER_SECOND = 10_000;

        /** Refuses intra-only codecs, a negative width, and a rate too low to show anything. */
        public Video {
            checkWidth(width);
            if (codec.intraOnly()) {
                throw new IllegalArgumentException(codec.codecName() + " is not a video codec");
            }
            if (bitsPerSecond < LEAST_BITS_PER_SECOND) {
                throw new IllegalArgumentException(
                        "a video takes at least " + LEAST_BITS_PER_SECOND + " bits a second, this is " + bitsPerSecond);
            }
        }

        @Override
        public boolean processed() {
            return true;
        }

        @Override
        public String describe() {
            return codec.codecName() + " " + Rendition.describe(width) + " " + bitsPerSecond / 1_000 + " kbit/s";
        }
    }

    /** Only identity and metadata. */
    record MetadataOnly() implements Rendition {
        @Override
        public Codec codec() {
            return Codec.NONE;
        }

        @Override
        public int width() {
            return SOURCE_WIDTH;
        }

        @Override
        public boolean processed() {
            return true;
        }

        @Override
        public String describe() {
            return "metadata";
        }
    }
}
