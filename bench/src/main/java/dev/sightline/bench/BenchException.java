package dev.sightline.bench;

/** The bench cannot go on; the message is for people. */
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With what is wrong. */
    public BenchException(String message) {
        super(message);
    }

    /** With what is wrong, and the failure behind it. */
    public BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
