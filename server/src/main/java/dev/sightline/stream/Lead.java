package dev.sightline.stream;

import dev.sightline.frame.EncodedFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a newcomer is shown first: the newest picture if it can be seen on its own; of a source's own video, whose keyframes
 * come when they come, the newest keyframe and all that builds on it up to the newest picture, which is decoded much faster
 * than it came. Kept for at most 4 s and 8 MB; whoever comes later than that waits for the next keyframe. Safe for use by
 * any thread.
 */
final class Lead {
    static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(4);
    static final int MOST_BYTES = 8 << 20;

    private final List<EncodedFrame> kept = new ArrayList<>();
    private int bytes;

    /**
     * The next picture.
     *
     * @param ofSource whether it is a picture of the source's own
     */
    synchronized void add(EncodedFrame frame, boolean ofSource) {
        if (frame.keyframe()) {
            clear();
        } else if (kept.isEmpty()) {
            return;
        }
        kept.add(frame);
        bytes += frame.size();
        boolean tooLong = frame.captureNanos() - kept.get(0).captureNanos() > LONGEST_NANOS || bytes > MOST_BYTES;
        if (kept.size() > 1 && (tooLong || !ofSource)) {
            clear();
        }
    }

    /** Forgets all: what comes next does not follow. */
    synchronized void clear() {
        kept.clear();
        bytes = 0;
    }

    /** From a keyframe to the newest; empty where the next keyframe must be waited for. */
    synchronized List<EncodedFrame> pictures() {
        return List.copyOf(kept);
    }

    /** Those after a number. */
    synchronized List<EncodedFrame> after(long seq) {
        return kept.stream().filter(frame -> frame.seq() > seq).toList();
    }
}
