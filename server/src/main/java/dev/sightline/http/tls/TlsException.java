package dev.sightline.http.tls;

/** A certificate or key cannot be used; the message is one line for the user. */
public final class TlsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates one that says what is wrong, where, and what to do. */
    public TlsException(String message) {
        super(message);
    }

    /** Creates one that says what is wrong, where, and what to do. */
    public TlsException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A failure's message, or its class if it has none. */
    static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
