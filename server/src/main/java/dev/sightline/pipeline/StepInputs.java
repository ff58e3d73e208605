package dev.sightline.pipeline;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import dev.sightline.processor.InteractiveProcessor;
import dev.sightline.processor.ViewerInput;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What viewers send to one step, and the frames that they saw. A failure affects one input and nothing else: strangers cannot
 * switch a step off.
 */
final class StepInputs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Step.class);

    private final String title;
    private final InteractiveProcessor processor;
    private final Set<String> names;
    private final Function<Throwable, String> described;
    private final FrameHistory history;

    /** The pipeline's thread only. */
    private boolean failed;

    /**
     * Asks the processor what it takes.
     *
     * @param title of the step, in the log
     * @param described says in one line what an exception of it means
     */
    StepInputs(
            String title,
            InteractiveProcessor processor,
            Function<Throwable, String> described,
            LongSupplier nanoTime) {
        this.title = title;
        this.processor = processor;
        this.names = Set.copyOf(processor.inputs());
        this.described = described;
        this.history = new FrameHistory(nanoTime);
    }

    /** The names of the inputs that the step takes; any thread. */
    Set<String> names() {
        return names;
    }

    /** Keeps a frame before the step works on it. */
    void keep(Frame frame, Optional<EncodedFrame> unchanged) {
        history.keep(frame, unchanged);
    }

    /** Hands an input over, with the frame it names in the layout that the step accepts. */
    void deliver(
            ViewerInput input,
            Function<PixelFormat, PixelFormat> layout,
            BiFunction<EncodedFrame, PixelFormat, Frame> decoder) {
        Optional<Frame> shown = Optional.empty();
        try {
            shown = history.lend(input.seq(), decoder);
            shown.ifPresent(frame -> frame.convert(layout.apply(frame.pixelFormat())));
            processor.input(input, shown);
        } catch (Throwable e) {
            report(e);
        } finally {
            shown.ifPresent(Frame::close);
            // A step that interrupts its own thread would end the stream.
            Thread.interrupted();
        }
    }

    /** Frees frames that are too old; any thread. */
    void expire() {
        history.expire();
    }

    @Override
    public void close() {
        history.close();
    }

    private void report(Throwable failure) {
        if (failed) {
            LOG.debug("{} failed at a viewer's input", title, failure);
        } else {
            failed = true;
            LOG.warn(
                    "{} failed at a viewer's input, which is lost; further failures are not logged: {}",
                    title,
                    described.apply(failure));
        }
    }
}
