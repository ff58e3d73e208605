package dev.sightline.source;

/** A source could not be opened or read; the message is for people and says what is wrong and what to do. */
public final class SourceException extends Exception {

    /** Creates one that says what is wrong and what to do. */
    public SourceException(String message) {
        super(message);
    }

    /** Creates one with its cause. */
    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
