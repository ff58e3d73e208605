package dev.sightline.source.http;

/** What comes is longer than any picture, or what stands before one, may be. */
final class PictureLimitException extends Exception {
    private static final long serialVersionUID = 1;

    PictureLimitException(String message) {
        super(message);
    }
}
