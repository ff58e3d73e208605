package dev.sightline.stream;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.stream.fanout.VideoBacklog;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Room for one picture, always the newest: what stands between a source and the pipeline instead of a queue. What lies in
 * the slot belongs to the slot, which closes what it replaces, and counts it.
 *
 * <p>Compressed video is the exception, because its pictures build on each other: of it a run is kept, about a second at
 * most, which whoever takes it decodes much faster than it comes. Safe for use by any thread.
 */
final class PictureSlot implements AutoCloseable {
    /** A second at 30 pictures a second. */
    static final int MOST_OF_VIDEO = 30;

    // Guarded by this.
    private final VideoBacklog video = VideoBacklog.ofNewcomer(MOST_OF_VIDEO);
    private @Nullable Picture single;
    private boolean closed;
    private boolean awaited;
    private long dropped;

    /** Puts a newer picture in the place of the last, or after those it builds on; never waits. */
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

    /** Waits for the next picture and takes it out, so that it belongs to the caller; empty once the slot is closed. */
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
        return Optional.ofNullable(taken);
    }

    /** Whether nothing waits: what was taken last is the newest there is. */
    synchronized boolean isEmpty() {
        return single == null && video.isEmpty();
    }

    /** Whether who takes pictures has nothing to do but to wait for one. */
    synchronized boolean isIdle() {
        return awaited && isEmpty();
    }

    /** Whether pictures of a video are being lost, until its next keyframe. */
    synchronized boolean needsKeyframe() {
        return single == null && video.isBroken();
    }

    /** Another video begins, with a keyframe; what is left of the last is dropped. */
    synchronized void breakOff() {
        dropped += video.breakOff();
    }

    /** How many pictures were lost before anybody took them. */
    synchronized long dropped() {
        return dropped;
    }

    /** Discards what lies here and everything that comes later, and ends the wait of {@link #take}. */
    @Override
    public synchronized void close() {
        closed = true;
        clearSingle();
        video.breakOff();
        notifyAll();
    }

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
