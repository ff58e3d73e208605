package dev.sightline.source;

/** A source that could not be opened or read; the message says what is wrong and what to do, for people. */
public final class SourceException extends Exception {

    /** With what is wrong and what to do about it. */
    public SourceException(String message) {
        super(message);
    }

    /** With the failure behind it. */
    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
