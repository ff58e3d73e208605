package dev.sightline.stream;

import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorException;
import dev.sightline.pipeline.ProcessorStatus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline that is to run from the next picture on. Where one of its processors cannot be made it is tried again with
 * the next picture, and no picture is shown meanwhile.
 */
final class NextPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(NextPipeline.class);

    private final PipelineRecipe recipe;
    private volatile @Nullable ProcessorException failure;

    NextPipeline(PipelineRecipe recipe) {
        this.recipe = recipe;
    }

    /** By the stream's thread: makes it. */
    Pipeline create(String stream) {
        try {
            return recipe.create(stream);
        } catch (ProcessorException e) {
            if (failure == null) {
                LOG.warn("stream '{}': {}; no picture is shown without it", stream, e.getMessage());
            }
            failure = e;
            throw e;
        }
    }

    /** How its steps are doing, none of which has seen a picture. */
    List<ProcessorStatus> statuses() {
        ProcessorException last = failure;
        return recipe.steps().stream()
                .map(step ->
                        last != null && step.equals(last.status().name()) ? last.status() : ProcessorStatus.idle(step))
                .toList();
    }

    Optional<String> standstill() {
        return Optional.ofNullable(failure).map(why -> String.valueOf(why.getMessage()));
    }
}
