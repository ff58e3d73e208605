package dev.sightline.codec;

/** A picture from outside that is not taken; the message says why, for the one who sent it. */
public final class PictureException extends Exception {
    private static final long serialVersionUID = 1;

    /** With what is wrong. */
    public PictureException(String message) {
        super(message);
    }
}
