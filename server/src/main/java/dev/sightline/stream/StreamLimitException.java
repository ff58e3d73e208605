package dev.sightline.stream;

/** A stream has as many viewers as it may, or encodes as many renditions. */
public final class StreamLimitException extends Exception {
    private static final long serialVersionUID = 1;

    StreamLimitException(String message) {
        super(message);
    }
}
