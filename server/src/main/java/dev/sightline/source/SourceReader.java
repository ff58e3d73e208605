package dev.sightline.source;

import dev.sightline.frame.Picture;
import java.util.Optional;

/** An open source. Used and closed by one thread; any may ask whether it rests. */
public interface SourceReader extends AutoCloseable {

    /**
     * Waits for the next frame, within a hard time limit; an interrupt ends the wait.
     *
     * @return the frame, raw (the caller closes it) or encoded; empty at the normal end of the source
     * @throws SourceException if the source was lost, froze, or sent unusable data
     */
    Optional<Picture> read() throws SourceException, InterruptedException;

    /** How many packets since the opening arrived damaged and were skipped: nothing is lost silently. */
    default long damaged() {
        return 0;
    }

    /** Whether it only waits until a frame is due, as a recording with a long pause does: such silence is no loss. */
    default boolean isResting() {
        return false;
    }

    /** Closes the source and everything that was opened for it. */
    @Override
    void close();
}
