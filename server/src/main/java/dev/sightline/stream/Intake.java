package dev.sightline.stream;

import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.source.Numbering;
import java.util.List;

/** What brings the pictures of a stream into its slot. Safe for use by any thread. */
sealed interface Intake permits SourceLoop, PublisherIntake {

    /** The address for people to read, secrets masked. */
    String address();

    /** Begins. */
    void start();

    /** Begins to end, without waiting. */
    void stop();

    /** Waits for the end, until a moment of {@link System#nanoTime}. */
    void awaitEnd(long deadlineNanos);

    /** Time has passed; called several times a second. */
    default void check() {}

    /** The stream cannot go on without a keyframe of the video that comes in. */
    default void requestKeyframe() {}

    /** The processors that a sender may choose, by name. */
    default List<String> choices() {
        return List.of();
    }

    /** What is told of the steps that are to run, or do. */
    default List<ProcessorStatus> told(List<ProcessorStatus> steps) {
        return steps;
    }

    /** Pictures that came and were of no use, since the start. */
    long damaged();

    /**
     * The stream that pictures are brought into.
     *
     * @param name the stream's name
     * @param numbering gives numbers and capture times
     * @param slot takes the pictures
     * @param signal is told how things stand
     * @param demand says whether pictures are wanted
     * @param end closes the stream
     */
    record Target(
            String name,
            Numbering numbering,
            PictureSlot slot,
            StreamStateTracker signal,
            Demand demand,
            Runnable end) {}
}
