package dev.sightline.pipeline;

import dev.sightline.metrics.DurationHistogram;
import dev.sightline.metrics.SingleWriterCounter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The health of a step: its failures, and whether it is working. One thread reports, any may ask. After {@link
 * #FAILURES_ALLOWED} failures within {@link #WINDOW_NANOS} the step is off for {@link #PAUSE_NANOS}.
 */
final class Health {
    static final int FAILURES_ALLOWED = 5;
    static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);
    static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** A step hangs if it is busy with one frame for longer than this, and for longer than {@link #USUAL_TIMES} its usual time. */
    static final long HANGING_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** A step delays others if it is busy with one frame for longer than this. */
    static final long BUSY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int USUAL_TIMES = 5;
    private static final double MEAN_WEIGHT = 0.05;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private final LongSupplier nanoTime;

    // Used only by the pipeline's thread.
    private final long[] failureTimes = new long[FAILURES_ALLOWED];

    // Written by the pipeline's thread, read by any.
    private final SingleWriterCounter processed = new SingleWriterCounter();
    private final SingleWriterCounter failures = new SingleWriterCounter();
    private volatile double meanNanos;
    private final DurationHistogram times = new DurationHistogram();
    private volatile String lastFailure = "";
    private volatile long failedAt;
    private volatile boolean failed;
    private volatile long offUntil;
    private volatile boolean off;
    private volatile long startedAt;
    private volatile boolean busy;

    Health(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The step is about to get a frame. */
    void begins(long now) {
        startedAt = now;
        busy = true;
    }

    /** It has returned the frame. */
    void worked() {
        busy = false;
        failed = false;
        long nanos = nanoTime.getAsLong() - startedAt;
        meanNanos = processed.value() == 0 ? nanos : meanNanos + (nanos - meanNanos) * MEAN_WEIGHT;
        times.record(nanos);
        processed.increment();
    }

    /** It has taken a viewer's input, which says nothing of its work on frames. */
    void returned() {
        busy = false;
    }

    /** It failed at the frame; answers whether it is off from now on. */
    boolean fails(String why) {
        long now = nanoTime.getAsLong();
        busy = false;
        lastFailure = why;
        failedAt = now;
        failed = true;
        failureTimes[(int) (failures.value() % FAILURES_ALLOWED)] = now;
        failures.increment();
        long oldest = failureTimes[(int) (failures.value() % FAILURES_ALLOWED)];
        if (failures.value() >= FAILURES_ALLOWED && now - oldest <= WINDOW_NANOS) {
            offUntil = now + PAUSE_NANOS;
            off = true;
        }
        return off;
    }

    boolean isOff() {
        return off;
    }

    /** Whether it is time to retry a step that is off, which turns it on. */
    boolean triedAgain(long now) {
        if (off && now - offUntil >= 0) {
            off = false;
            return true;
        }
        return false;
    }

    long failures() {
        return failures.value();
    }

    /** Since when it has been busy with one frame; empty if it is not, or not for long. */
    Optional<String> busySince() {
        return busy && nanoTime.getAsLong() - startedAt > BUSY_NANOS ? Optional.of(clock(startedAt)) : Optional.empty();
    }

    ProcessorStatus status(String name) {
        StepState state = state(nanoTime.getAsLong());
        return new ProcessorStatus(
                name,
                false,
                state,
                reason(state),
                processed.value(),
                failures.value(),
                meanNanos / 1e6,
                times.snapshot());
    }

    private StepState state(long now) {
        if (busy && now - startedAt > Math.max(HANGING_NANOS, USUAL_TIMES * meanNanos)) {
            return StepState.HANGING;
        }
        if (off) {
            return StepState.OFF;
        }
        return failed || failures.value() > 0 && now - failedAt < WINDOW_NANOS ? StepState.FAILING : StepState.OK;
    }

    private Optional<String> reason(StepState state) {
        return switch (state) {
            case OK -> Optional.empty();
            case FAILING -> Optional.of(lastFailure);
            case OFF -> Optional.of(lastFailure + "; it is tried again at " + clock(offUntil));
            case HANGING -> Optional.of("it has been busy with one picture since " + clock(startedAt));
        };
    }

    private String clock(long nanos) {
        return CLOCK.format(Instant.now().plusNanos(nanos - nanoTime.getAsLong()));
    }
}
