package dev.sightline.stream.fanout;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.frame.EncodedFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The GOP cache: the frames from the newest keyframe to the newest frame, which a viewer who joins gets first. When they are
 * too many to be sent at once, it is emptied until the next keyframe: early for video encoded here, which can make a keyframe
 * at once; late for a source's own, whose keyframes come at their own times. A keyframe is always stored. Safe for use by any
 * thread.
 */
public final class GopCache {
    /** For a source's own video: 4 s, which are decoded much faster than they arrive. */
    public static final Bounds SOURCE = new Bounds(TimeUnit.SECONDS.toNanos(4), 8 << 20);

    private final Bounds encoded;

    @GuardedBy("this")
    private final List<EncodedFrame> frames = new ArrayList<>();

    @GuardedBy("this")
    private int bytes;

    /**
     * Creates an empty cache.
     *
     * @param encoded bounds for video that is encoded here
     */
    public GopCache(Bounds encoded) {
        this.encoded = encoded;
    }

    /** Stores a keyframe and what follows it; of video encoded here, only a keyframe that is the newest frame. */
    public static GopCache ofSource() {
        return new GopCache(new Bounds(0, 0));
    }

    /** Adds the next frame. */
    public synchronized void add(EncodedFrame frame) {
        if (frame.keyframe()) {
            clear();
        } else if (frames.isEmpty()) {
            return;
        }
        frames.add(frame);
        bytes += frame.size();
        if (frames.size() > 1 && exceeds(frame, frame.encodingNanos() == 0 ? SOURCE : encoded)) {
            clear();
        }
    }

    /**
     * The time counts from the frame after the keyframe, since the keyframe comes late from an encoder that takes seconds to
     * open.
     */
    @GuardedBy("this")
    private boolean exceeds(EncodedFrame newest, Bounds bounds) {
        return newest.presentationNanos() - frames.get(1).presentationNanos() > bounds.nanos()
                || bytes > bounds.bytes();
    }

    /** Removes all frames: what comes next does not follow them. */
    public synchronized void clear() {
        frames.clear();
        bytes = 0;
    }

    /** The frames from a keyframe to the newest; empty if a viewer must wait for the next keyframe. */
    public synchronized List<EncodedFrame> frames() {
        return List.copyOf(frames);
    }

    /** The frames after a sequence number. */
    public synchronized List<EncodedFrame> after(long seq) {
        return frames.stream().filter(frame -> frame.seq() > seq).toList();
    }

    /**
     * How much is stored.
     *
     * @param nanos from the frame after the keyframe to the newest frame
     * @param bytes of all frames together
     */
    public record Bounds(long nanos, int bytes) {}
}
