package dev.sightline.stream;

/** Pictures are not taken from this sender; the message says why, for the one who sends. */
public final class PublishException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    PublishException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why, for protocols that have a code for it. */
    public Reason reason() {
        return reason;
    }

    /** Why a sender is refused. */
    public enum Reason {
        /** The stream is not one that takes pictures from senders (HTTP 403). */
        WRONG_KIND,
        /** A processor was chosen that is not offered (HTTP 403). */
        NOT_OFFERED,
        /** Another sender holds the name (HTTP 409). */
        TAKEN,
        /** As many send as may (HTTP 503). */
        LIMIT,
        /** The stream has ended (HTTP 410). */
        ENDED
    }
}
