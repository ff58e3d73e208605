package dev.sightline.stream;

import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorException;
import dev.sightline.pipeline.ProcessorStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The next pipeline, still to be made by the stream's thread: no frame is shown without it. If one of its processors cannot be
 * made, it is retried after 1 s, then after twice the previous delay, up to 30 s.
 */
final class WantedPipeline implements NextPipeline {
    static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final Logger LOG = LoggerFactory.getLogger(WantedPipeline.class);

    private final PipelineRecipe recipe;
    private final LongSupplier nanoTime;
    private volatile @Nullable ProcessorException failure;

    // The stream's thread only.
    private long retryAt;
    private long pause = FIRST_PAUSE_NANOS;

    WantedPipeline(PipelineRecipe recipe, LongSupplier nanoTime) {
        this.recipe = recipe;
        this.nanoTime = nanoTime;
    }

    @Override
    public Pipeline create(String stream, Pipeline current) {
        ProcessorException last = failure;
        if (last != null && nanoTime.getAsLong() - retryAt < 0) {
            throw last;
        }
        try {
            return recipe.renew(stream, current);
        } catch (ProcessorException e) {
            if (last == null) {
                LOG.warn("stream '{}': {}; no picture is shown without it", stream, e.getMessage());
            }
            failure = e;
            retryAt = nanoTime.getAsLong() + pause;
            pause = Math.min(LONGEST_PAUSE_NANOS, 2 * pause);
            throw e;
        }
    }

    @Override
    public List<ProcessorStatus> statuses() {
        ProcessorException last = failure;
        return recipe.steps().stream()
                .map(step ->
                        last != null && step.equals(last.status().name()) ? last.status() : ProcessorStatus.idle(step))
                .toList();
    }

    @Override
    public Optional<String> standstill() {
        return Optional.ofNullable(failure).map(why -> String.valueOf(why.getMessage()));
    }
}
