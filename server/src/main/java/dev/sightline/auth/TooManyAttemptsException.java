package dev.sightline.auth;

import java.time.Duration;

/** Somebody guesses too fast. No stack trace: it is an answer. */
public final class TooManyAttemptsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long waitSeconds;

    TooManyAttemptsException(Duration wait) {
        super(null, null, false, false);
        this.waitSeconds = Math.max(1, wait.plusMillis(999).toSeconds());
    }

    /** After how many seconds an attempt is judged again. */
    public long waitSeconds() {
        return waitSeconds;
    }

    /** What to tell. */
    @Override
    public String getMessage() {
        return "too many attempts: try again in " + waitSeconds + " s";
    }
}
