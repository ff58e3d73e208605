package dev.sightline.stream.fanout;

import dev.sightline.frame.EncodedFrame;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Room for a short run of pictures that build on each other. Whatever comes out can be decoded by whoever took all that
 * came out before it: once a picture is lost, nothing is kept until the next keyframe, which then makes all that waited
 * before it needless. While there is room a keyframe is a picture like any other.
 *
 * <p>It holds a few pictures and not one, because here a lost picture is dear: all that follow are lost with it, and the
 * keyframe that mends it costs every viewer of the rendition. Somebody who is late by a tenth of a second loses nothing.
 */
public final class VideoBacklog implements Backlog {
    /** What waits for viewers: an eighth of a second at 30 pictures a second. */
    static final int MOST = 4;

    /** Whoever makes pictures as large as this must take what he gets. */
    private static final int MOST_BYTES = 16 << 20;

    private final ArrayDeque<EncodedFrame> waiting = new ArrayDeque<>(MOST);
    private final int most;
    private int bytes;
    /** Whether a keyframe has ever come: before it nothing counts as lost. */
    private boolean begun;
    /** Whether the next picture builds on one that was kept. */
    private boolean whole;

    private VideoBacklog(int most, boolean begun) {
        this.most = most;
        this.begun = begun;
        this.whole = begun;
    }

    /** Room for so many pictures, for somebody who needs a keyframe first. */
    public static VideoBacklog ofNewcomer(int most) {
        return new VideoBacklog(most, false);
    }

    /** Room before several, each of whom knows what it needs first. */
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

    /** Drops all that waits, as if nothing had ever come; answers how many were lost by that. */
    public int breakOff() {
        int lost = waiting.size();
        clear();
        begun = false;
        whole = false;
        return lost;
    }

    /** Whether pictures are being lost, of a video that has begun. */
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
