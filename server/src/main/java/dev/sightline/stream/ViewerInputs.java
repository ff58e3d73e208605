package dev.sightline.stream;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.processor.ViewerInput;
import dev.sightline.refusal.Excerpt;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/** What viewers send to the processors of one stream. {@link #deliver} is for the stream's thread, everything else for any. */
final class ViewerInputs {
    /** Inputs take at most this time before a frame, then one more: strangers must not lower the frame rate much. */
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final String stream;
    private final PipelineSlot pipelines;
    private final LongSupplier nanoTime;
    private final InputQueue queue;

    ViewerInputs(String stream, PipelineSlot pipelines, LongSupplier nanoTime) {
        this.stream = stream;
        this.pipelines = pipelines;
        this.nanoTime = nanoTime;
        this.queue = new InputQueue(nanoTime);
    }

    /** The names of the inputs that are taken now, in order. */
    SortedSet<String> names() {
        return pipelines.current().inputs();
    }

    /**
     * Puts an input before the next frame.
     *
     * @throws RefusedException if no processor takes it
     */
    void add(ViewerInput input) throws RefusedException {
        check(stream, names(), input);
        queue.add(input);
    }

    /**
     * Refuses an input that no processor takes.
     *
     * @param names of the inputs that are taken
     */
    static void check(String stream, SortedSet<String> names, ViewerInput input) throws RefusedException {
        if (names.isEmpty()) {
            throw new RefusedException(Reason.NOT_TAKEN, "no processor of stream '" + stream + "' takes input");
        }
        if (!names.contains(input.name())) {
            throw new RefusedException(
                    Reason.NOT_TAKEN,
                    "no processor of stream '" + stream + "' takes the input '" + Excerpt.of(input.name())
                            + "'; they take " + String.join(", ", names));
        }
    }

    /** Hands over what has come, as far as there is time; the rest follows before the next frame. */
    void deliver(BiFunction<EncodedFrame, PixelFormat, Frame> decoder) {
        Optional<ViewerInput> next = queue.poll();
        if (next.isEmpty()) {
            return;
        }
        Pipeline pipeline = pipelines.current();
        long start = nanoTime.getAsLong();
        while (next.isPresent()) {
            pipeline.input(next.get(), decoder);
            next = nanoTime.getAsLong() - start < MOST_NANOS ? queue.poll() : Optional.empty();
        }
    }

    /** Frees frames that are kept for inputs and too old, also while no frames come. */
    void expire() {
        pipelines.current().expire();
    }

    /** Inputs that were dropped because they waited for too long, or too many waited. */
    long dropped() {
        return queue.dropped();
    }
}
