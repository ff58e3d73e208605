package dev.sightline.refusal;

import java.util.List;

/** Somebody cannot have what it asks for; the message says why, for the one who asked. No stack trace: it is an answer. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final List<String> nearest;

    /** With a sentence for people. */
    public RefusedException(Reason reason, String message) {
        this(reason, message, List.of());
    }

    private RefusedException(Reason reason, String message, List<String> nearest) {
        super(message, null, false, false);
        this.reason = reason;
        this.nearest = nearest;
    }

    /**
     * There is no stream of that name.
     *
     * @param nearest the names that may have been meant, nearest first
     */
    public static RefusedException unknownStream(String name, List<String> nearest) {
        String hint = nearest.isEmpty() ? "" : "; did you mean '" + String.join("' or '", nearest) + "'?";
        return new RefusedException(
                Reason.UNKNOWN, "there is no stream '" + Excerpt.of(name) + "'" + hint, List.copyOf(nearest));
    }

    /** The reason, for protocols that have a code for it. */
    public Reason reason() {
        return reason;
    }

    /** The status code of HTTP that says the same. */
    public int status() {
        return reason.status();
    }

    /** The names that may have been meant, nearest first; empty where no name was wrong. */
    public List<String> nearest() {
        return nearest;
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** Why somebody is refused. */
    public enum Reason {
        /** There is nothing of that name. */
        UNKNOWN(404),
        /** It has no login, or none any more. */
        LOGIN(401),
        /** Its login does not allow it. */
        FORBIDDEN(403),
        /** A mirror is not watched, and not every stream takes frames from senders. */
        WRONG_KIND(403),
        /** A processor was chosen that is not offered. */
        NOT_OFFERED(403),
        /** No processor takes what a viewer sent. */
        NOT_TAKEN(422),
        /** What a viewer sent cannot be read. */
        MALFORMED(400),
        /** A viewer sends too much. */
        TOO_MANY(429),
        /** Another sender holds the name. */
        TAKEN(409),
        /** There are as many as may be. */
        LIMIT(503),
        /** The stream has ended. */
        ENDED(410);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        /** What it is called in HTTP (RFC 9110 section 15), and in every protocol that has no code of its own. */
        public int status() {
            return status;
        }
    }
}
