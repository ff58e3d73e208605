package dev.sightline.pipeline;

import dev.sightline.frame.Frame;
import dev.sightline.frame.FrameBackup;
import dev.sightline.frame.PixelFormat;
import dev.sightline.processor.FrameProcessor;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One processor in its pipeline: timed, counted, and fenced in, so that its failure costs one picture its treatment and
 * nothing else. Whatever it throws, and whatever it does to the picture it was lent, is told as its own; {@link Health}
 * knows when it is switched off. A step without which no picture may pass withholds the picture instead.
 */
final class Step implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Step.class);

    private final String name;
    private final String title;
    private final FrameProcessor processor;
    private final Set<PixelFormat> accepts;
    private final LongSupplier nanoTime;
    private final Health health;

    /**
     * A step of a stream.
     *
     * @param title what the log calls it
     */
    Step(String name, String title, FrameProcessor processor, LongSupplier nanoTime) {
        this.name = name;
        this.title = title;
        this.processor = processor;
        this.accepts = Set.copyOf(processor.accepts());
        this.nanoTime = nanoTime;
        this.health = new Health(nanoTime);
    }

    /** Whether the picture must not be shown as it came. */
    boolean changesPicture() {
        return processor.changesPicture() || processor.required();
    }

    /** The layout in which it takes a picture that comes in the given one. */
    PixelFormat input(PixelFormat offered) {
        return accepts.contains(offered) || accepts.isEmpty()
                ? offered
                : accepts.iterator().next();
    }

    /** Runs the processor on the frame. Answers whether the frame may go on. */
    boolean process(Frame frame, FrameBackup backup) {
        long start = nanoTime.getAsLong();
        if (health.triedAgain(start)) {
            LOG.info("{} is tried again", title);
        }
        if (health.isOff()) {
            return !processor.required();
        }
        boolean saved = processor.changesPicture() || input(frame.pixelFormat()) != frame.pixelFormat();
        save(frame, backup, saved);
        health.begins(start);
        Optional<String> failure = run(frame);
        if (failure.isEmpty()) {
            health.worked();
            return true;
        }
        fail(failure.get());
        if (processor.required() || !saved && frame.damage().isPresent()) {
            return false;
        }
        restore(frame, backup, saved);
        return true;
    }

    ProcessorStatus status() {
        return health.status(name);
    }

    /** Why no picture comes out of this step now; empty where it holds none up. */
    Optional<String> standstill() {
        ProcessorStatus status = status();
        if (processor.required() && (status.state() == StepState.OFF || status.state() == StepState.FAILING)) {
            return Optional.of("processor " + status.text() + "; no picture is shown without it");
        }
        return health.busySince()
                .map(since -> "processor " + name + " does not finish: busy with one picture since " + since);
    }

    @Override
    public void close() {
        try {
            processor.close();
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            LOG.warn("{} failed while it was closed: {}", title, Failure.text(e));
        }
    }

    /** What went wrong, if anything did. A step may throw what it likes, and must not end the stream's thread. */
    private Optional<String> run(Frame frame) {
        try {
            frame.convert(input(frame.pixelFormat()));
            processor.process(frame);
            return frame.damage();
        } catch (Throwable e) {
            LOG.debug("{} failed", title, e);
            return Optional.of(Failure.text(e));
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
        return processor.required() ? "; no picture is shown without it" : "; pictures go on without it";
    }
}
