package dev.sightline.picture;

import java.util.Optional;

/**
 * Finds a picture's last byte by the picture's own structure, while it arrives. Later bytes do not belong to it: cameras pad
 * with zeros, programs add a newline, and phones a second picture (MPO) or a video. The cost of decoding is counted on the way.
 * Used by one thread, for one picture.
 */
public sealed interface PictureEnd permits JpegEnd, PngEnd, WebpEnd, BmpEnd, GifEnd {
    /** More of the picture must come. */
    int NOT_YET = -1;

    /** It is no such picture, or is truncated. */
    int BROKEN = -2;

    /**
     * Continues the search.
     *
     * @param bytes the picture from index 0 on; the bytes of the last call are still there
     * @param limit how many bytes have come
     * @return the index after the picture's last byte, {@link #NOT_YET} or {@link #BROKEN}
     */
    int find(byte[] bytes, int limit);

    /** After {@link #BROKEN}: the index from which on the next picture may begin. */
    int resume();

    /**
     * Why decoding would take seconds or too much memory, because the part read so far exceeds any camera's pictures; in words
     * that fit after "it has ". Empty if it may be decoded.
     */
    default Optional<String> excess() {
        return Optional.empty();
    }
}
