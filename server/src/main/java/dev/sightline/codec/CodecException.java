package dev.sightline.codec;

/** A picture that could not be decoded or encoded; the message says why, for people. */
public final class CodecException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With what is wrong. */
    public CodecException(String message) {
        super(message);
    }

    /** With the failure behind it. */
    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
