package dev.sightline.stream;

import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.ProcessorStatus;
import java.util.List;
import java.util.Optional;

/**
 * The next pipeline, made by another thread than the stream's while frames went on.
 *
 * @param base the pipeline from which it took steps over
 * @param made the pipeline itself
 * @param onRunning is called by the stream's thread when it runs
 */
record PreparedPipeline(Pipeline base, Pipeline made, Runnable onRunning) implements NextPipeline {

    @Override
    public Pipeline create(String stream, Pipeline current) {
        return made;
    }

    @Override
    public List<ProcessorStatus> statuses() {
        return made.statuses();
    }

    @Override
    public Optional<String> standstill() {
        return Optional.empty();
    }

    /** Frees what was made in vain. */
    void discard() {
        made.closeAllBut(base);
    }
}
