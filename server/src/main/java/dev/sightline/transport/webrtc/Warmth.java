package dev.sightline.transport.webrtc;

import dev.sightline.frame.EncodedFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * The pictures since the last keyframe, kept for a viewer who is still connecting: the first thing it gets, so that it need
 * not wait for another keyframe. They are given up when they are too many to be sent at once. Used on the media thread.
 */
final class Warmth {
    private static final long LONGEST_NANOS = 1_000_000_000L;
    private static final int MOST_BYTES = 512 * 1024;

    private final List<EncodedFrame> kept = new ArrayList<>();
    private long sinceNanos;
    private int bytes;

    void keep(EncodedFrame frame, long nowNanos) {
        if (frame.keyframe()) {
            clear();
            sinceNanos = nowNanos;
        } else if (kept.isEmpty()) {
            return;
        }
        kept.add(frame);
        bytes += frame.size();
        if (bytes > MOST_BYTES || nowNanos - sinceNanos > LONGEST_NANOS) {
            clear();
        }
    }

    /** What is kept, beginning with a keyframe; empty where there is nothing of use. */
    List<EncodedFrame> take(long nowNanos) {
        List<EncodedFrame> taken = nowNanos - sinceNanos > LONGEST_NANOS ? List.of() : List.copyOf(kept);
        clear();
        return taken;
    }

    private void clear() {
        kept.clear();
        bytes = 0;
    }
}
