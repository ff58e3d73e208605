package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.stream.fanout.VideoBacklog;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Room for one frame, always the newest, between a source and the pipeline. This is our backpressure: latest frame wins. The
 * slot owns its frame, closes a frame it replaces, and counts it.
 *
 * <p>Inter-coded video is the exception, because its frames depend on each other: the slot holds a run of about a second at
 * most, which the reader decodes much faster than it arrives. Safe for use by any thread.
 */
final class PictureSlot implements AutoCloseable {
    /** A second at 30 fps. */
    static final int MOST_OF_VIDEO = 30;

    @GuardedBy("this")
    private final VideoBacklog video = VideoBacklog.ofNewcomer(MOST_OF_VIDEO);

    @GuardedBy("this")
    private @Nullable Picture single;

    @GuardedBy("this")
    private boolean closed;

    @GuardedBy("this")
    private boolean awaited;

    @GuardedBy("this")
    private long dropped;

    /** How often frames of another source began to follow. */
    @GuardedBy("this")
    private long generation;

    @GuardedBy("this")
    private long takenGeneration;

    /** Puts in a newer frame, which replaces the last one or follows those it depends on; never waits. */
    synchronized void put(Picture newer) {
        if (closed) {
            discard(newer);
        } else if (newer instanceof EncodedFrame frame && !frame.codec().intraOnly()) {
            dropped += clearSingle() + video.add(frame);
        } else {
            dropped += clearSingle() + video.breakOff();
            single = newer;
        }
        notifyAll();
    }

    /** Waits for the next frame and takes it out; the caller owns it. Empty once the slot is closed. */
    synchronized Optional<Picture> take() throws InterruptedException {
        awaited = true;
        try {
            while (isEmpty() && !closed) {
                wait();
            }
        } finally {
            awaited = false;
        }
        Picture taken = single == null ? video.next() : single;
        single = null;
        takenGeneration = generation;
        return Optional.ofNullable(taken);
    }

    /** Waits for a moment; whether nothing newer has come, and can come yet. */
    synchronized boolean staysEmpty(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = 1; isEmpty() && !closed && left > 0; ) {
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left > 0) {
                wait(left);
            }
        }
        return isEmpty() && !closed;
    }

    /** Whether nothing waits: the frame taken last is the newest. */
    synchronized boolean isEmpty() {
        return single == null && video.isEmpty();
    }

    /** Whether the reader is waiting for a frame. */
    synchronized boolean isIdle() {
        return awaited && isEmpty();
    }

    /** Whether video frames are being dropped until the next keyframe. */
    synchronized boolean needsKeyframe() {
        return single == null && video.isBroken();
    }

    /** Another video begins, with a keyframe; the rest of the last one is dropped. */
    synchronized void breakOff() {
        dropped += video.breakOff();
    }

    /** Frames of another source follow; what is left of the last is dropped. */
    synchronized void clear() {
        dropped += clearSingle() + video.breakOff();
        generation++;
    }

    /** The generation of the source whose frames are put in now: a number that rises with each source. */
    synchronized long generation() {
        return generation;
    }

    /** The generation of the source of the frame that was taken last. */
    synchronized long takenGeneration() {
        return takenGeneration;
    }

    /** How many frames were dropped before they were taken. */
    synchronized long dropped() {
        return dropped;
    }

    /** Discards the content and everything that comes later, and ends the wait of {@link #take}. */
    @Override
    public synchronized void close() {
        closed = true;
        clearSingle();
        video.breakOff();
        notifyAll();
    }

    @GuardedBy("this")
    private int clearSingle() {
        if (single == null) {
            return 0;
        }
        discard(single);
        single = null;
        return 1;
    }

    private static void discard(Picture picture) {
        if (picture instanceof Frame frame) {
            frame.close();
        }
    }
}
