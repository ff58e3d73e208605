package dev.sightline.stream;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Another pipeline for a running stream, whose processors are made already. Either {@link #commit} or {@link #discard} is called,
 * once, by any thread.
 */
public interface PipelineChange {

    /** Lets the pipeline run from the next frame on; complete when it does, or if it is not known when. */
    default CompletionStage<Void> commit() {
        return commit(false);
    }

    /**
     * The same.
     *
     * @param ofNextSource whether the pipeline begins with the first frame of the source or senders that the stream is given
     *     after this call; until then, frames run the present one
     */
    CompletionStage<Void> commit(boolean ofNextSource);

    /** Frees what was made in vain, which runs the code of processors. */
    void discard();

    /** After {@link #commit}: frees processors that never ran, by their own code, which may hang; empty if there are none. */
    default Optional<Runnable> leftover() {
        return Optional.empty();
    }
}
