package dev.sightline.picture;

import java.util.Optional;

/**
 * Finds a picture's last byte by the picture's own structure, while it arrives. What follows is no part of it: cameras pad
 * with zeros, programs add a newline, and phones a second picture (MPO) or a video. On the way, what decoding would cost is
 * counted. Used by one thread, for one picture.
 */
public sealed interface PictureEnd permits JpegEnd, PngEnd, WebpEnd, BmpEnd, GifEnd {
    /** More of the picture must come. */
    int NOT_YET = -1;

    /** It is no such picture, or was cut before its end. */
    int BROKEN = -2;

    /**
     * Looks on.
     *
     * @param bytes the picture from place 0 on; what was there at the last call is there still
     * @param limit how many bytes have come
     * @return the place after the picture's last byte, {@link #NOT_YET} or {@link #BROKEN}
     */
    int find(byte[] bytes, int limit);

    /** After {@link #BROKEN}: from which place on the next picture may begin. */
    int resume();

    /**
     * What the part looked at has more of than any camera sends, so that decoding it would take seconds, or memory out of
     * all proportion; in words that fit after "it has ". Empty where it may be decoded.
     */
    default Optional<String> excess() {
        return Optional.empty();
    }
}
