package dev.sightline.source.ffmpeg;

import dev.sightline.frame.JpegHeader;
import dev.sightline.source.SourceException;

/** Refuses frames that would take too much memory. */
final class PictureSize {
    private PictureSize() {}

    /** The same header, if its frame is not too large. */
    static JpegHeader checked(String subject, JpegHeader header) throws SourceException {
        check(subject, header.width(), header.height());
        return header;
    }

    /** Does nothing if the size is allowed, or not known (0) yet. */
    static void check(String subject, int width, int height) throws SourceException {
        if ((long) width * height > JpegHeader.MAX_PIXELS) {
            throw new SourceException(subject + ": its pictures have " + width + "x" + height
                    + " pixels; at most 33 megapixels are taken");
        }
    }
}
