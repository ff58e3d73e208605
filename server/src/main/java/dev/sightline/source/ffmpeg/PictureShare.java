package dev.sightline.source.ffmpeg;

import dev.sightline.frame.JpegHeader;
import dev.sightline.source.SourceException;

/**
 * What one source takes of the memory that all sources have for large pictures: alone each may send the largest, together
 * they may not. Pictures of usual size take nothing of it. Used and closed by one thread.
 */
public final class PictureShare implements AutoCloseable {
    /** More bytes than a picture of 4K has. */
    private static final int USUAL_BYTES = 4 << 20;
    /** A little more than 4096x2304. */
    private static final int USUAL_PIXELS = 9_500_000;
    /** A picture that is read, one that waits, one that is worked on and one on its way to viewers. */
    private static final int AT_A_TIME = 4;

    /** On Java's heap, as they came. */
    private static final SharedBudget BYTES =
            new SharedBudget(Runtime.getRuntime().maxMemory() / 3);
    /** Outside of it, decoded: some are worked on at a time, each in a few places. */
    private static final SharedBudget PIXELS = new SharedBudget((long) AT_A_TIME * JpegHeader.MAX_PIXELS);

    private long bytes;
    private long pixels;

    /** Nothing, at first. */
    public PictureShare() {}

    /**
     * Takes what pictures of a size need once they are decoded, and gives back what those before needed.
     *
     * @param subject what people know the source by
     * @throws SourceException if there is no such picture, or no room for it beside those of other sources
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
     * Takes what pictures of so many bytes need as they came, and gives back what those before needed.
     *
     * @return false if there is no room for them beside those of other sources
     */
    public boolean encoded(long length) {
        long wanted = length > USUAL_BYTES ? AT_A_TIME * length : 0;
        if (wanted != bytes && !BYTES.change(bytes, wanted)) {
            return false;
        }
        bytes = wanted;
        return true;
    }

    /** Why there is no room for so many bytes, in words that fit after the name of a source. */
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
