package dev.sightline.metrics;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A histogram of durations, with the same bounds everywhere, so that histograms can be summed. One thread records, at the cost
 * of a short search and two plain additions; any may read.
 */
public final class DurationHistogram {
    /** Upper bounds in seconds; longer durations have their own bucket. */
    private static final double[] BOUNDS = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.25, 0.5, 1, 2
    };

    private static final long[] BOUNDS_NANOS = nanos();

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.length + 1);
    private final SingleWriterCounter sumNanos = new SingleWriterCounter();

    public DurationHistogram() {}

    /** Records a duration; by its one writer. */
    public void record(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
            bucket++;
        }
        counts.setRelease(bucket, counts.getPlain(bucket) + 1);
        sumNanos.add(nanos);
    }

    /** Its current content. */
    public HistogramSnapshot snapshot() {
        long[] now = new long[counts.length()];
        for (int i = 0; i < now.length; i++) {
            now[i] = counts.getAcquire(i);
        }
        return new HistogramSnapshot(now, sumNanos.value() / 1e9);
    }

    /** The bounds in seconds; the last is infinite. */
    static double[] bounds() {
        double[] bounds = Arrays.copyOf(BOUNDS, BOUNDS.length + 1);
        bounds[BOUNDS.length] = Double.POSITIVE_INFINITY;
        return bounds;
    }

    private static long[] nanos() {
        long[] nanos = new long[BOUNDS.length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = Math.round(BOUNDS[i] * TimeUnit.SECONDS.toNanos(1));
        }
        return nanos;
    }
}
