package dev.sightline.transport.webrtc.rtp;

/**
 * Whether a viewer that changed to another H.264 rendition received its parameter sets. They are in the rendition's first
 * packet, and Chromium does not wait for it: it decodes the following keyframe with the previous rendition's parameter sets,
 * shows wrong images until the next keyframe, and reports nothing. If it requests that packet, the request may be lost too, and
 * is not repeated. So another keyframe is made when the packet is requested, and also when the viewer reports any loss around
 * that time. The same applies to that keyframe, a few times.
 */
final class ParameterSetLossGuard {
    private static final int MOST_KEYFRAMES = 3;
    private static final long NONE = -1;

    private long firstSeq = NONE;
    private long lostBefore;
    private boolean another;
    private int left;

    /** Another rendition begins with this packet; {@code lost} is the loss that the viewer had reported before. */
    void begins(long seq, long lost) {
        left = MOST_KEYFRAMES;
        watch(seq, lost);
    }

    /** A later keyframe of the same rendition begins with this packet. */
    void keyframe(long seq, long lost) {
        if (another) {
            watch(seq, lost);
        }
    }

    private void watch(long seq, long lost) {
        firstSeq = seq;
        lostBefore = lost;
        another = false;
    }

    /** The viewer requests a packet; answers whether it needs another keyframe. */
    boolean missing(long seq) {
        return seq == firstSeq && anotherKeyframe();
    }

    /** The viewer reports its total loss up to a packet; answers whether it needs another keyframe. */
    boolean reported(long highestSeq, long lost) {
        if (firstSeq == NONE || highestSeq < firstSeq) {
            return false;
        }
        if (lost <= lostBefore) {
            firstSeq = NONE;
            return false;
        }
        return anotherKeyframe();
    }

    private boolean anotherKeyframe() {
        firstSeq = NONE;
        another = left > 0;
        left--;
        return another;
    }
}
