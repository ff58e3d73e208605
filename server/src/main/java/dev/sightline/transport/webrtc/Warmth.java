package dev.sightline.transport.webrtc;

import dev.sightline.frame.EncodedFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * The pictures since the last keyframe, kept for a viewer who is still connecting: the first thing it gets, so that it need
 * not wait for another keyframe. They are given up when they are too many to be sent at once: of a video that is encoded
 * here soon, for its next keyframe can be had at once; of a source's own late, for that comes when it comes. Used on the
 * media thread.
 */
final class Warmth {
    private static final Bounds ENCODED = new Bounds(1_000_000_000L, 512 << 10);
    private static final Bounds PASSED = new Bounds(4_000_000_000L, 8 << 20);

    private final List<EncodedFrame> kept = new ArrayList<>();
    private long sinceNanos;
    private Bounds bounds = ENCODED;
    private int bytes;

    void keep(EncodedFrame frame, long nowNanos) {
        if (frame.keyframe()) {
            clear();
            sinceNanos = nowNanos;
            bounds = frame.encodingNanos() == 0 ? PASSED : ENCODED;
        } else if (kept.isEmpty()) {
            return;
        }
        kept.add(frame);
        bytes += frame.size();
        if (bytes > bounds.bytes() || nowNanos - sinceNanos > bounds.nanos()) {
            clear();
        }
    }

    /** What is kept, beginning with a keyframe; empty where there is nothing of use. */
    List<EncodedFrame> take(long nowNanos) {
        List<EncodedFrame> taken = nowNanos - sinceNanos > bounds.nanos() ? List.of() : List.copyOf(kept);
        clear();
        return taken;
    }

    private void clear() {
        kept.clear();
        bytes = 0;
    }

    private record Bounds(long nanos, int bytes) {}
}
