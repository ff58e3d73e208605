package dev.sightline.stream;

import dev.sightline.h264.SequenceParameters;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.processor.ViewerInput;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.status.StreamStatus;
import java.util.List;
import java.util.Optional;

/**
 * The half of a stream that makes its frames: source, decoder, pipeline and encoders. The other half, which viewers see, never
 * needs more of it than these calls, none of which waits; so it may be in another process. Safe for use by any thread.
 */
sealed interface Production extends Upstream permits LocalProduction, RemoteProduction {

    /** Begins to make frames. */
    void start();

    /**
     * Begins to end, without waiting.
     *
     * @param unstarted whether it was never started
     */
    void stop(boolean unstarted);

    /** Waits for the end until a moment of {@link System#nanoTime}; tells what hinders it if it is not over by then. */
    Optional<String> awaitEnd(long deadlineNanos);

    /** Whether it has ended. */
    boolean isOver();

    /** Whether there is nothing to do. */
    boolean isIdle();

    /** Lets it notice that time passes; called several times a second. */
    void check();

    /** Where its frames come from; takes senders in, if it has any. */
    IntakeSlot intake();

    /** Where the stream stands. */
    StreamSignal signal();

    /** Whether slates are made here: not while another process does it. */
    boolean makesSlates();

    /** What can be said of the stream. */
    StreamStatus status();

    /** The steps that run or will run. */
    List<ProcessorStatus> processors();

    /** The parameters of the source's own H.264 while it passes through. */
    Optional<SequenceParameters> passthrough();

    /** As {@link LiveStream#input}. */
    void input(ViewerInput input) throws RefusedException;

    /** Whether any processor takes input from viewers now. */
    boolean takesInput();

    /** The newest frame, from which slates are made. */
    LastPicture lastPicture();

    /** As {@link LiveStream#use}. */
    void use(PipelineRecipe recipe);

    /** As {@link NamedStream#prepare}. */
    PipelineChange prepare(PipelineRecipe recipe);

    /** As {@link NamedStream#publish}. */
    Publisher publish(LiveStream stream, List<String> chosen, Sender sender) throws RefusedException;

    /** Sets whether the source is open only while somebody watches. */
    void onDemand(boolean whileWatched);

    /** A viewer came. */
    void joined();

    /** A viewer left. */
    void left();
}
