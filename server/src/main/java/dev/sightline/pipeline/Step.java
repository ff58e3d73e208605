package dev.sightline.pipeline;

import dev.sightline.frame.Frame;
import dev.sightline.frame.FrameBackup;
import dev.sightline.frame.PixelFormat;
import dev.sightline.processor.FrameProcessor;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One processor in its pipeline: timed, counted, and fenced in, so that its failure costs one picture its treatment and
 * nothing else. After {@link #FAILURES_ALLOWED} failures within {@link #WINDOW_NANOS} it is switched off for
 * {@link #PAUSE_NANOS}.
 */
final class Step implements AutoCloseable {
    static final int FAILURES_ALLOWED = 5;
    static final long WINDOW_NANOS = 10_000_000_000L;
    static final long PAUSE_NANOS = 30_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(Step.class);
    private static final double MEAN_WEIGHT = 0.05;

    private final String name;
    private final FrameProcessor processor;
    private final Set<PixelFormat> accepts;
    private final LongSupplier nanoTime;

    // The pipeline's thread alone.
    private final long[] failureTimes = new long[FAILURES_ALLOWED];
    private long offUntil;
    private boolean off;

    // Written by the pipeline's thread, read by any.
    private volatile long processed;
    private volatile long failures;
    private volatile double meanNanos;
    private volatile @Nullable String lastFailure;
    private volatile boolean switchedOff;

    Step(String name, FrameProcessor processor, LongSupplier nanoTime) {
        this.name = name;
        this.processor = processor;
        this.accepts = Set.copyOf(processor.accepts());
        this.nanoTime = nanoTime;
    }

    boolean changesPicture() {
        return processor.changesPicture();
    }

    /** The layout in which it takes a picture that comes in the given one. */
    PixelFormat input(PixelFormat offered) {
        return accepts.contains(offered) || accepts.isEmpty()
                ? offered
                : accepts.iterator().next();
    }

    void process(Frame frame, FrameBackup backup) {
        long start = nanoTime.getAsLong();
        if (isOff(start)) {
            return;
        }
        boolean touches = changesPicture() || input(frame.pixelFormat()) != frame.pixelFormat();
        save(frame, backup, touches);
        try {
            frame.convert(input(frame.pixelFormat()));
            processor.process(frame);
            count(nanoTime.getAsLong() - start);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            restore(frame, backup, touches);
            fail(e, nanoTime.getAsLong());
        }
    }

    ProcessorStatus status() {
        return new ProcessorStatus(
                name, processed, failures, meanNanos / 1e6, Optional.ofNullable(lastFailure), switchedOff);
    }

    @Override
    public void close() {
        try {
            processor.close();
        } catch (RuntimeException e) {
            LOG.warn("processor '{}' failed while it was closed", name, e);
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

    private boolean isOff(long now) {
        if (off && now - offUntil >= 0) {
            off = false;
            switchedOff = false;
            LOG.info("processor '{}' is tried again", name);
        }
        return off;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void count(long nanos) {
        meanNanos = processed == 0 ? nanos : meanNanos + (nanos - meanNanos) * MEAN_WEIGHT;
        processed++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void fail(Throwable failure, long now) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        lastFailure = message;
        if (failures == 0) {
            LOG.warn("processor '{}' failed; the picture goes on without it", name, failure);
        }
        int slot = (int) (failures % FAILURES_ALLOWED);
        failures++;
        failureTimes[slot] = now;
        long oldest = failureTimes[(int) (failures % FAILURES_ALLOWED)];
        if (failures >= FAILURES_ALLOWED && now - oldest <= WINDOW_NANOS) {
            off = true;
            offUntil = now + PAUSE_NANOS;
            switchedOff = true;
            LOG.warn("processor '{}' failed {} times in 10 s and is off for 30 s: {}", name, FAILURES_ALLOWED, message);
        }
    }
}
