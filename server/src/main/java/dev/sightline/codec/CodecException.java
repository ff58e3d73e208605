package dev.sightline.codec;

/** A frame could not be decoded or encoded; the message says why, for people. */
public final class CodecException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates one that says what is wrong. */
    public CodecException(String message) {
        super(message);
    }

    /** Creates one with its cause. */
    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
