package dev.sightline.source;

import dev.sightline.frame.Picture;
import java.util.Optional;

/** An open source. Used and closed by one thread. */
public interface SourceReader extends AutoCloseable {

    /**
     * Waits for the next picture, within a hard time limit; an interrupt ends the wait.
     *
     * @return the picture, a raw frame (which the caller closes) or an encoded one; empty at the clean end of the source
     * @throws SourceException if the source was lost, froze, or sent what cannot be used
     */
    Optional<Picture> read() throws SourceException, InterruptedException;

    /** How much has arrived damaged since the opening, in packets, and was left out: nothing is lost silently. */
    default long damaged() {
        return 0;
    }

    /** Lets the source go, with everything that was opened for it. */
    @Override
    void close();
}
