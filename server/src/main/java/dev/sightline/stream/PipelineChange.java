package dev.sightline.stream;

import java.util.concurrent.CompletionStage;

/**
 * Another pipeline for a running stream, whose processors are made already. Exactly one of its methods is called, once, by any
 * thread.
 */
public interface PipelineChange {

    /** Lets the pipeline run from the next frame on; complete when it does, or if it is not known when. */
    CompletionStage<Void> commit();

    /** Frees what was made in vain. */
    void discard();
}
