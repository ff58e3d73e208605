package dev.sightline.source;

import java.util.Optional;

/**
 * A place that pictures come from, known by its address; it can be opened any number of times, once at a time.
 *
 * <p>Immutable and safe for use by any thread.
 */
public interface Source {

    /** The address for people to read, as it was given but with user and password masked. */
    String address();

    /**
     * Why the source is absent, where only the user can mend that: a file that is not there, a camera that is not
     * plugged in or not permitted. Network sources are never absent, they are only out of reach for a while.
     */
    Optional<String> absence();

    /** A message about this source, such as an exception's, without its secrets. */
    default String shown(String message) {
        return AddressMask.text(message);
    }

    /**
     * Opens the source, within a hard time limit. An interrupt of the calling thread ends the attempt.
     *
     * @param numbering gives every picture its number and its capture time
     * @throws SourceException if it cannot be opened; the message says what is wrong and is fit for people
     */
    SourceReader open(Numbering numbering) throws SourceException, InterruptedException;
}
