package dev.sightline.http;

import dev.sightline.access.Access;
import java.util.Optional;

/** Decides what the sender of a request may do. Called on event loops: it never waits. */
@FunctionalInterface
public interface AccessPolicy {
    /** Without logins. */
    AccessPolicy OPEN = presented -> Access.open();

    /**
     * The access of whoever presents this; {@link Access#nobody} where it proves nothing.
     *
     * @throws ProblemException 429, if that client has guessed too often
     */
    Access of(Credentials presented);

    /** The answer to {@link Access#nobody} where no login would help. */
    default Optional<Problem> refusal() {
        return Optional.empty();
    }

    /**
     * The answer to somebody who may not see all streams, and asks for one that it may not see, or that does not exist: both are
     * the same to it. Empty if it may see the stream.
     */
    default Optional<Problem> hidden(String stream, Access access) {
        return Optional.empty();
    }
}
