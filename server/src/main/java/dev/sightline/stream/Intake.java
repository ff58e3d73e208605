package dev.sightline.stream;

import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.source.Numbering;
import dev.sightline.worker.WorkNotes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Brings the frames of a stream into its slot. Safe for use by any thread. */
sealed interface Intake permits SourceLoop, PublisherIntake, RemoteSource {

    /** The source's address for people, with secrets masked. */
    String address();

    /** Starts the intake. */
    void start();

    /** Starts to end, without waiting. */
    void stop();

    /** Waits for the end, at most until the given {@link System#nanoTime}. */
    void awaitEnd(long deadlineNanos);

    /** Lets the intake notice that time passes; called several times a second. */
    default void check() {}

    /** The stream needs a keyframe of the incoming video to go on. */
    default void requestKeyframe() {}

    /** The names of the processors that a sender may choose. */
    default List<String> choices() {
        return List.of();
    }

    /** The present publisher; empty if there is none, or frames come from a source. */
    default Optional<Publisher> publisher() {
        return Optional.empty();
    }

    /** Amends the status of the steps that run or will run. */
    default List<ProcessorStatus> told(List<ProcessorStatus> steps) {
        return steps;
    }

    /** The recipe with what the present sender chose, as far as it is offered. */
    default PipelineRecipe withChoice(PipelineRecipe recipe) {
        return recipe.choose(List.of());
    }

    /**
     * From now on, senders choose from this recipe.
     *
     * @param use takes the recipe with what the present sender chose, before another can choose
     */
    default void adopt(PipelineRecipe recipe, Consumer<PipelineRecipe> use) {
        use.accept(recipe.choose(List.of()));
    }

    /** Frames that arrived and were unusable, since the start. */
    long damaged();

    /**
     * Where the frames go.
     *
     * @param name the stream's name
     * @param numbering assigns numbers and capture times
     * @param slot takes the frames
     * @param signal tracks the stream's state
     * @param demand says whether frames are needed
     * @param end closes the stream
     * @param notes of work that may crash or hang
     */
    record Target(
            String name,
            Numbering numbering,
            PictureSlot slot,
            StreamStateTracker signal,
            Demand demand,
            Runnable end,
            WorkNotes notes) {

        /** Without notes. */
        Target(
                String name,
                Numbering numbering,
                PictureSlot slot,
                StreamStateTracker signal,
                Demand demand,
                Runnable end) {
            this(name, numbering, slot, signal, demand, end, WorkNotes.NONE);
        }

        /** Frames of another source or sender follow: what is left of the last is dropped, and none of it is shown any more. */
        void change() {
            slot.clear();
            signal.replaced(numbering.next());
        }
    }
}
