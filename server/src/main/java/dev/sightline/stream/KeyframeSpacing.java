package dev.sightline.stream;

import dev.sightline.frame.EncodedFrame;
import java.util.concurrent.TimeUnit;

/**
 * Judges whether viewers may get a source's own video. Viewers who join and decoders that start wait for the next keyframe, so
 * keyframes must come every 2 s. A new video is trusted until it proves wrong, but also decoded until it proves right. A video
 * that proved wrong is trusted again after some keyframes in time. Used by one thread.
 */
final class KeyframeSpacing {
    /** 2 s, and the network's jitter. */
    static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(2_200);

    private static final int REGAINS_BELIEF = 4;

    /** After a longer silence it counts as a new video. */
    private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(1);

    private boolean begun;
    private long lastPicture;
    private long lastKeyframe;
    private int inTime;
    private boolean tooRare;

    /** Adds the next frame of the video. */
    void add(EncodedFrame frame) {
        if (begun && frame.captureNanos() - lastPicture > LONGEST_SILENCE) {
            begun = false;
            inTime = 0;
        }
        lastPicture = frame.captureNanos();
        boolean late = begun && frame.captureNanos() - lastKeyframe > MOST_NANOS;
        if (late) {
            tooRare = true;
            inTime = 0;
        }
        if (frame.keyframe()) {
            inTime = begun && !late ? inTime + 1 : 0;
            tooRare &= inTime < REGAINS_BELIEF;
            begun = true;
            lastKeyframe = frame.captureNanos();
        }
    }

    /** Whether viewers may get the video itself. */
    boolean suitsViewers() {
        return !tooRare;
    }

    /** Whether a decoder may skip frames, because it could restart soon. */
    boolean suitsDecoders() {
        return !tooRare && inTime > 0;
    }
}
