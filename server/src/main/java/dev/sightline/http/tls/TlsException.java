package dev.sightline.http.tls;

/** A certificate or key that cannot be used; the message is for the user, one line. */
public final class TlsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With what is wrong, where, and what to do. */
    public TlsException(String message) {
        super(message);
    }

    /** With what is wrong, where, and what to do. */
    public TlsException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What a failure says of itself, or its kind where it says nothing. */
    static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
