package dev.sightline.stream;

import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.ProcessorException;
import dev.sightline.pipeline.ProcessorStatus;
import java.util.List;
import java.util.Optional;

/** The pipeline to run from the next frame on. */
sealed interface NextPipeline permits WantedPipeline, PreparedPipeline {

    /**
     * The pipeline; by the stream's thread.
     *
     * @param current the one that it replaces; steps that stay the same are taken over
     * @throws ProcessorException if it cannot be made, now or since a short while ago
     */
    Pipeline create(String stream, Pipeline current);

    /** The status of its steps; any thread. */
    List<ProcessorStatus> statuses();

    /** Why no frame leaves the stream before it is there, for people; empty if frames go on. */
    Optional<String> standstill();
}
