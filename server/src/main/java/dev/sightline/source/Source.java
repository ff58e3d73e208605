package dev.sightline.source;

import java.util.Optional;

/**
 * A place that frames come from, known by its address. It can be opened any number of times, but only once at a time.
 *
 * <p>Immutable and safe for use by any thread.
 */
public interface Source {

    /** The address for people, as given but with user and password masked. */
    String address();

    /**
     * Why the source is absent, if only the user can fix that: a file that does not exist, a camera that is not plugged in or
     * not permitted. Network sources are never absent, only unreachable for a while.
     */
    default Optional<String> absence() {
        return Optional.empty();
    }

    /** Removes secrets from a message about this source, such as an exception's. */
    default String shown(String message) {
        return AddressMask.text(message);
    }

    /**
     * Opens the source, within a hard time limit. An interrupt of the calling thread ends the attempt.
     *
     * @param numbering assigns every frame its number and capture time
     * @throws SourceException if it cannot be opened; the message is for people and says what is wrong
     */
    SourceReader open(Numbering numbering) throws SourceException, InterruptedException;
}
