package dev.sightline.source.http;

/** A picture, or the data before one, is longer than permitted. */
final class PictureLimitException extends Exception {
    private static final long serialVersionUID = 1;

    PictureLimitException(String message) {
        super(message);
    }
}
