package dev.sightline.stream;

import dev.sightline.frame.EncodedFrame;
import java.util.concurrent.TimeUnit;

/**
 * Judges whether viewers may be given a source's own video: a newcomer waits for its next keyframe, and so does whoever
 * begins to decode, so these must come every 2 s. It is believed until it proves wrong, but decoded all the same until it
 * proves right; a video that proved wrong is believed again after some keyframes that came in time. Used by one thread.
 */
final class KeyframeSpacing {
    /** 2 s, and what the network adds. */
    static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(2_200);

    private static final int REGAINS_BELIEF = 4;

    /** After a longer silence the video is another. */
    private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(1);

    private boolean begun;
    private long lastPicture;
    private long lastKeyframe;
    private int inTime;
    private boolean tooRare;

    /** The next picture of the video. */
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

    /** Whether viewers may be given the video itself. */
    boolean suitsViewers() {
        return !tooRare;
    }

    /** Whether a decoder may be left without pictures, because it could soon begin anew. */
    boolean suitsDecoders() {
        return !tooRare && inTime > 0;
    }
}
