package dev.sightline.codec;

/** A picture from outside is refused; the message tells the sender why. */
public final class PictureException extends Exception {
    private static final long serialVersionUID = 1;

    /** Creates one that says what is wrong. */
    public PictureException(String message) {
        super(message);
    }
}
