package dev.sightline.stream;

import dev.sightline.pipeline.PipelineRecipe;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The change of a live stream to another recipe, with the choice of its present sender. */
final class PreparedChange implements PipelineChange {
    private final IntakeSlot intake;
    private final PictureSlot slot;
    private final PipelineSlot pipelines;
    private final PipelineRecipe recipe;
    private final PipelineRecipe chosen;
    private final PreparedPipeline prepared;
    private final CompletableFuture<Void> running = new CompletableFuture<>();
    private boolean used;

    /**
     * Makes the pipeline.
     *
     * @throws dev.sightline.pipeline.ProcessorException if a processor cannot be made
     */
    PreparedChange(IntakeSlot intake, PictureSlot slot, PipelineSlot pipelines, PipelineRecipe recipe) {
        this.intake = intake;
        this.slot = slot;
        this.pipelines = pipelines;
        this.recipe = recipe;
        this.chosen = intake.current().withChoice(recipe);
        this.prepared = pipelines.prepare(chosen, () -> running.complete(null));
    }

    @Override
    public CompletionStage<Void> commit(boolean ofNextSource) {
        long generation = slot.generation() + (ofNextSource ? 1 : 0);
        intake.current().adopt(recipe, now -> use(now, generation));
        return running;
    }

    /** Outside the intake's lock, for which event loops wait. */
    @Override
    public Optional<Runnable> leftover() {
        return used && !pipelines.hasUnused() ? Optional.empty() : Optional.of(this::free);
    }

    private void free() {
        if (!used) {
            prepared.discard();
        }
        pipelines.freeUnused();
    }

    /** The sender may have chosen something else, or another sender have come, while the pipeline was made. */
    private void use(PipelineRecipe now, long generation) {
        used = now.sameAs(chosen) && pipelines.use(prepared, generation);
        if (!used) {
            pipelines.use(now, generation);
            running.complete(null);
        }
    }

    @Override
    public void discard() {
        prepared.discard();
    }
}
