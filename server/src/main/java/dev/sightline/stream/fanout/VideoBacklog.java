package dev.sightline.stream.fanout;

import dev.sightline.frame.EncodedFrame;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Room for a short run of frames that depend on each other. A reader of all frames in order can decode each. Once a frame is
 * lost, nothing is stored until the next keyframe, which makes all that waited before it useless. While there is room, a
 * keyframe is a frame like any other.
 *
 * <p>It holds a few frames and not one, because a loss is expensive here: all following frames are lost too, and the keyframe
 * that repairs it costs every viewer of the rendition. A viewer that is late by a tenth of a second loses nothing.
 */
public final class VideoBacklog implements Backlog {
    /** For viewers: an eighth of a second at 30 fps. */
    static final int MOST = 4;

    /** The most bytes, for sources of very large frames. */
    private static final int MOST_BYTES = 16 << 20;

    private final ArrayDeque<EncodedFrame> waiting = new ArrayDeque<>(MOST);
    private final int most;
    private int bytes;
    /** Whether a keyframe has ever come: before it, nothing counts as lost. */
    private boolean begun;
    /** Whether the frame that the next one depends on was stored. */
    private boolean whole;

    private VideoBacklog(int most, boolean begun) {
        this.most = most;
        this.begun = begun;
        this.whole = begun;
    }

    /** Creates room for this many frames, for a viewer that needs a keyframe first. */
    public static VideoBacklog ofNewcomer(int most) {
        return new VideoBacklog(most, false);
    }

    /** Creates room in front of several viewers, each of which knows what it needs first. */
    static VideoBacklog ofEverybody() {
        return new VideoBacklog(MOST, true);
    }

    @Override
    public int add(EncodedFrame frame) {
        if (whole && waiting.size() < most && bytes + frame.size() <= MOST_BYTES) {
            put(frame);
            return 0;
        }
        if (frame.keyframe()) {
            return begin(frame);
        }
        whole = false;
        return begun ? 1 : 0;
    }

    private int begin(EncodedFrame keyframe) {
        int needless = waiting.size();
        clear();
        put(keyframe);
        begun = true;
        whole = true;
        return needless;
    }

    private void put(EncodedFrame frame) {
        waiting.add(frame);
        bytes += frame.size();
    }

    private void clear() {
        waiting.clear();
        bytes = 0;
    }

    @Override
    public @Nullable EncodedFrame next() {
        EncodedFrame first = waiting.poll();
        bytes -= first == null ? 0 : first.size();
        return first;
    }

    @Override
    public @Nullable EncodedFrame replacement() {
        EncodedFrame first = waiting.peek();
        return first != null && first.keyframe() ? next() : null;
    }

    /** Drops all that waits, as if nothing had ever come; returns how many were lost. */
    public int breakOff() {
        int lost = waiting.size();
        clear();
        begun = false;
        whole = false;
        return lost;
    }

    @Override
    public void passOver() {
        breakOff();
    }

    /** Whether frames of a started video are being lost. */
    public boolean isBroken() {
        return begun && !whole;
    }

    @Override
    public boolean needsKeyframe() {
        return !whole;
    }

    @Override
    public boolean isEmpty() {
        return waiting.isEmpty();
    }
}
