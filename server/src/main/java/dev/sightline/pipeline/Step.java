package dev.sightline.pipeline;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.FrameBackup;
import dev.sightline.frame.PixelFormat;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.InteractiveProcessor;
import dev.sightline.processor.StatefulProcessor;
import dev.sightline.processor.ViewerInput;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One processor in its pipeline: timed, counted, and isolated, so that its failure affects one frame and nothing else. Its
 * exceptions, and damage to the frame it was lent, are reported as its own; {@link Health} decides when it is switched off. A
 * required step withholds the frame instead.
 */
final class Step implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Step.class);

    private final NamedProcessor named;
    private final String title;
    private final FrameProcessor processor;
    // The processor's properties are read once, since other threads need them too, outside the isolation.
    private final Set<PixelFormat> accepts;
    private final boolean changesPicture;
    private final boolean required;
    private final Optional<StepInputs> inputs;

    private final LongSupplier nanoTime;
    private final Health health;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Step(NamedProcessor named, String title, FrameProcessor processor, LongSupplier nanoTime) {
        this.named = named;
        this.title = title;
        this.processor = processor;
        this.accepts = Set.copyOf(processor.accepts());
        this.changesPicture = processor.changesPicture();
        this.required = processor.required();
        this.inputs = processor instanceof InteractiveProcessor interactive
                ? Optional.of(new StepInputs(title, interactive, named::described, nanoTime))
                : Optional.empty();
        this.nanoTime = nanoTime;
        this.health = new Health(nanoTime);
    }

    /**
     * Creates a step with a new processor.
     *
     * @param label precedes its name in the log
     * @throws ProcessorException if it cannot be made
     */
    static Step of(NamedProcessor named, String label, LongSupplier nanoTime) {
        String title = label + "processor '" + named.name() + "'";
        return Making.of(named, () -> titled(named, title, nanoTime));
    }

    private static Step titled(NamedProcessor named, String title, LongSupplier nanoTime) {
        FrameProcessor processor = made(named, title);
        try {
            return new Step(named, title, processor, nanoTime);
        } catch (Throwable e) {
            close(named, processor, title);
            throw unmade(named, title, e);
        }
    }

    private static FrameProcessor made(NamedProcessor named, String title) {
        try {
            return Objects.requireNonNull(named.supplier().get(), "its factory returns null");
        } catch (Throwable e) {
            throw unmade(named, title, e);
        }
    }

    private static ProcessorException unmade(NamedProcessor named, String title, Throwable why) {
        LOG.debug("{} cannot be made", title, why);
        return new ProcessorException(named, why);
    }

    /** Whether a new step of this processor would be the same. */
    boolean isMadeFrom(NamedProcessor processor) {
        return named.sameAs(processor);
    }

    boolean isNamedAs(Step other) {
        return named.name().equals(other.named.name());
    }

    /** Takes over the state of the step that this one replaces, if both have one. */
    void inherit(Step past) {
        if (past.processor instanceof StatefulProcessor before && processor instanceof StatefulProcessor next) {
            try {
                next.restoreState(before.saveState());
            } catch (Throwable e) {
                LOG.warn("{} starts without the state of its predecessor: {}", title, named.described(e));
            }
        }
    }

    /** Whether the original frame must not be shown. */
    boolean changesPicture() {
        return changesPicture || required;
    }

    /** The layout in which it accepts a frame of the given one. */
    PixelFormat input(PixelFormat offered) {
        return accepts.contains(offered) || accepts.isEmpty()
                ? offered
                : accepts.iterator().next();
    }

    /** The names of the inputs that it takes from viewers. */
    Set<String> inputs() {
        return inputs.map(StepInputs::names).orElse(Set.of());
    }

    /** Hands a viewer's input over if it takes it and is not off. */
    void input(ViewerInput input, BiFunction<EncodedFrame, PixelFormat, Frame> decoder) {
        if (inputs().contains(input.name()) && !health.isOff()) {
            health.begins(nanoTime.getAsLong());
            inputs.orElseThrow().deliver(input, this::input, decoder);
            health.returned();
        }
    }

    /** Frees what it keeps for viewers' inputs and is too old. */
    void expire() {
        inputs.ifPresent(StepInputs::expire);
    }

    /**
     * Runs the processor on the frame; answers whether the frame may go on.
     *
     * @param unchanged what the frame was decoded from, if nothing has changed it since
     */
    boolean process(Frame frame, Optional<EncodedFrame> unchanged, FrameBackup backup) {
        long start = nanoTime.getAsLong();
        if (health.triedAgain(start)) {
            LOG.info("{} is tried again", title);
        }
        if (health.isOff()) {
            return !required;
        }
        boolean saved = changesPicture || input(frame.pixelFormat()) != frame.pixelFormat();
        save(frame, backup, saved);
        inputs.ifPresent(each -> each.keep(frame, unchanged));
        health.begins(start);
        Optional<String> failure = run(frame);
        if (failure.isEmpty()) {
            health.worked();
            return true;
        }
        fail(failure.get());
        if (required || !saved && frame.damage().isPresent()) {
            return false;
        }
        restore(frame, backup, saved);
        return true;
    }

    ProcessorStatus status() {
        return health.status(named.name());
    }

    /** Why it withholds frames now; empty if it works, or if frames may go on without it. */
    Optional<String> refusal() {
        if (!required) {
            return Optional.empty();
        }
        ProcessorStatus status = status();
        return status.state() == StepState.OFF || status.state() == StepState.FAILING
                ? Optional.of("processor " + status.text() + "; no picture is shown without it")
                : Optional.empty();
    }

    /** Why it has not returned a frame for long; empty if it delays none. */
    Optional<String> delay() {
        return health.busySince()
                .map(since -> "processor " + named.name() + " does not finish: busy with one picture since " + since);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            inputs.ifPresent(StepInputs::close);
            close(named, processor, title);
        }
    }

    private static void close(NamedProcessor named, FrameProcessor processor, String title) {
        try {
            processor.close();
        } catch (Throwable e) {
            LOG.warn("{} failed while it was closed: {}", title, named.described(e));
        }
    }

    /** What went wrong, if anything. A step may throw anything, and must not end the stream's thread. */
    private Optional<String> run(Frame frame) {
        try {
            frame.convert(input(frame.pixelFormat()));
            processor.process(frame);
            return frame.damage();
        } catch (Throwable e) {
            LOG.debug("{} failed", title, e);
            return Optional.of(named.described(e));
        } finally {
            // A step that interrupts its own thread would end the stream.
            Thread.interrupted();
        }
    }

    private static void save(Frame frame, FrameBackup backup, boolean picture) {
        if (picture) {
            backup.save(frame);
        } else {
            backup.saveMetadata(frame);
        }
    }

    private static void restore(Frame frame, FrameBackup backup, boolean picture) {
        if (picture) {
            backup.restore(frame);
        } else {
            backup.restoreMetadata(frame);
        }
    }

    private void fail(String why) {
        boolean first = health.failures() == 0;
        if (health.fails(why)) {
            LOG.warn(
                    "{} failed {} times in 10 s and is off for 30 s{}: {}",
                    title,
                    Health.FAILURES_ALLOWED,
                    rest(),
                    why);
        } else if (first) {
            LOG.warn("{} failed{}: {}", title, rest(), why);
        }
    }

    private String rest() {
        return required ? "; no picture is shown without it" : "; pictures go on without it";
    }
}
