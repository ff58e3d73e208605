package dev.sightline.stream.fanout;

import dev.sightline.frame.EncodedFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The GOP cache: the frames from the newest keyframe to the newest frame, which a viewer who joins gets first. It is given
 * up until the next keyframe when its frames are too many to be sent at once: early for video encoded here, whose next
 * keyframe can be had at once; late for a source's own, whose keyframes come when they come. A keyframe is always kept.
 * Safe for use by any thread.
 */
public final class GopCache {
    /** Of a source's own video: 4 s, which are decoded much faster than they came. */
    public static final Bounds SOURCE = new Bounds(TimeUnit.SECONDS.toNanos(4), 8 << 20);

    private final Bounds encoded;
    private final List<EncodedFrame> frames = new ArrayList<>();
    private int bytes;

    /**
     * An empty cache.
     *
     * @param encoded how much is kept of video that is encoded here
     */
    public GopCache(Bounds encoded) {
        this.encoded = encoded;
    }

    /** Keeps a keyframe and what follows it, but of video that is encoded here only a keyframe that is the newest frame. */
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

    /** The time begins with the frame after the keyframe, which comes late from an encoder that takes seconds to open. */
    private boolean exceeds(EncodedFrame newest, Bounds bounds) {
        return newest.presentationNanos() - frames.get(1).presentationNanos() > bounds.nanos()
                || bytes > bounds.bytes();
    }

    /** Forgets all frames: what comes next does not follow them. */
    public synchronized void clear() {
        frames.clear();
        bytes = 0;
    }

    /** From a keyframe to the newest frame; empty where a viewer has to wait for the next keyframe. */
    public synchronized List<EncodedFrame> frames() {
        return List.copyOf(frames);
    }

    /** The frames after a sequence number. */
    public synchronized List<EncodedFrame> after(long seq) {
        return frames.stream().filter(frame -> frame.seq() > seq).toList();
    }

    /**
     * How much is kept.
     *
     * @param nanos from the frame after the keyframe to the newest frame
     * @param bytes of all frames together
     */
    public record Bounds(long nanos, int bytes) {}
}
