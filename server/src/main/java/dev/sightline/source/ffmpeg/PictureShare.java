package dev.sightline.source.ffmpeg;

import dev.sightline.frame.JpegHeader;
import dev.sightline.source.SourceException;

/**
 * One source's share of the memory for large frames: each source may send the largest, but not all together. Ordinary frames
 * use none of it. Used and closed by one thread.
 */
public final class PictureShare implements AutoCloseable {
    /** More bytes than a 4K frame has. */
    private static final int USUAL_BYTES = 4 << 20;
    /** A little more than 4096x2304. */
    private static final int USUAL_PIXELS = 9_500_000;
    /** One frame being read, one waiting, one being processed and one on its way to viewers. */
    private static final int AT_A_TIME = 4;

    /** On Java's heap, as they came. */
    private static final SharedBudget BYTES =
            new SharedBudget(Runtime.getRuntime().maxMemory() / 3);
    /** Native memory, decoded: a few are processed at a time, each in a few copies. */
    private static final SharedBudget PIXELS = new SharedBudget((long) AT_A_TIME * JpegHeader.MAX_PIXELS);

    private long bytes;
    private long pixels;

    public PictureShare() {}

    /**
     * Reserves the memory for decoded frames of a size, and releases the previous reservation.
     *
     * @param subject the source's name for people
     * @throws SourceException if frames cannot have this size, or other sources leave no room for it
     */
    public void decoded(String subject, int width, int height) throws SourceException {
        PictureSize.check(subject, width, height);
        long all = (long) width * height;
        long wanted = all > USUAL_PIXELS ? all : 0;
        if (wanted != pixels && !PIXELS.change(pixels, wanted)) {
            throw new SourceException(subject + ": its pictures have " + width + "x" + height + " pixels, and those of"
                    + " other sources are as large: all that have more than 9.5 megapixels may have 132 together");
        }
        pixels = wanted;
    }

    /**
     * Reserves the memory for encoded frames of this length, and releases the previous reservation.
     *
     * @return false if other sources leave no room for it
     */
    public boolean encoded(long length) {
        long wanted = length > USUAL_BYTES ? AT_A_TIME * length : 0;
        if (wanted != bytes && !BYTES.change(bytes, wanted)) {
            return false;
        }
        bytes = wanted;
        return true;
    }

    /** Why there is no room for this many bytes, in words that fit after a source's name. */
    public static String refusal(long length) {
        return "a picture of it has " + (length >> 20) + " MiB, and those of other sources are as large: all that have"
                + " more than 4 MiB may take a third of the memory (-Xmx)";
    }

    @Override
    public void close() {
        BYTES.change(bytes, 0);
        PIXELS.change(pixels, 0);
        bytes = 0;
        pixels = 0;
    }
}
