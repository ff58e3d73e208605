package dev.sightline.pipeline;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * The frames of the last 2 s, as they came to one step: the source's own image if nothing has changed it, else a copy. Where
 * memory does not suffice, the oldest make room. Safe for use by any thread.
 */
final class FrameHistory implements AutoCloseable {
    static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** On the heap, which is small: about 2 s of JPEGs in 1080p. */
    private static final MemoryBudget IMAGES = new MemoryBudget(16L << 20, 32L << 20);

    /** Native memory. */
    static final MemoryBudget COPIES = new MemoryBudget(64L << 20, 256L << 20);

    private final LongSupplier nanoTime;
    private final MemoryBudget images;
    private final MemoryBudget copies;

    @GuardedBy("this")
    private final Deque<Entry> entries = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean closed;

    FrameHistory(LongSupplier nanoTime) {
        this(nanoTime, IMAGES, COPIES);
    }

    /** Takes memory out of other budgets. */
    FrameHistory(LongSupplier nanoTime, MemoryBudget images, MemoryBudget copies) {
        this.nanoTime = nanoTime;
        this.images = images;
        this.copies = copies;
    }

    /**
     * Keeps a frame, if there is memory for it.
     *
     * @param unchanged what it was decoded from, if nothing has changed it since
     */
    synchronized void keep(Frame frame, Optional<EncodedFrame> unchanged) {
        expire();
        if (closed) {
            return;
        }
        MemoryBudget budget = unchanged.isPresent() ? images : copies;
        long bytes = unchanged.map(image -> (long) image.size()).orElseGet(() -> size(frame));
        KeptFrame kept = unchanged
                .<KeptFrame>map(image -> new KeptFrame.Encoded(
                        image, frame.pixelFormat(), frame.metadata().snapshot()))
                .orElseGet(() -> new KeptFrame.Copied(frame.copy()));
        if (makeRoom(budget, bytes)) {
            entries.addLast(new Entry(kept, budget, bytes, nanoTime.getAsLong()));
        } else {
            kept.close();
        }
    }

    /** The frame of a number, as it was; the caller owns it. Empty if it is not kept, or cannot be decoded. */
    synchronized Optional<Frame> lend(long seq, BiFunction<EncodedFrame, PixelFormat, Frame> decoder) {
        expire();
        return entries.stream()
                .filter(entry -> entry.frame.seq() == seq)
                .findFirst()
                .map(entry -> entry.frame.lend(decoder));
    }

    /** Frees frames that are older than 2 s. */
    synchronized void expire() {
        long now = nanoTime.getAsLong();
        while (!entries.isEmpty() && now - entries.getFirst().nanos > KEPT_NANOS) {
            dropOldest();
        }
    }

    /** The number of frames kept now. */
    synchronized int size() {
        return entries.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!entries.isEmpty()) {
            dropOldest();
        }
    }

    @GuardedBy("this")
    private boolean makeRoom(MemoryBudget budget, long bytes) {
        while (!budget.take(bytes, held(budget))) {
            if (entries.isEmpty()) {
                return false;
            }
            dropOldest();
        }
        return true;
    }

    @GuardedBy("this")
    private long held(MemoryBudget budget) {
        return entries.stream()
                .filter(entry -> entry.budget == budget)
                .mapToLong(entry -> entry.bytes)
                .sum();
    }

    @GuardedBy("this")
    private void dropOldest() {
        Entry oldest = entries.removeFirst();
        oldest.frame.close();
        oldest.budget.give(oldest.bytes);
    }

    private static long size(Frame frame) {
        return (long) frame.width() * frame.height() * frame.pixelFormat().channels();
    }

    private record Entry(KeptFrame frame, MemoryBudget budget, long bytes, long nanos) {}
}
