package dev.sightline.transport.webrtc.rtp;

/**
 * Whether a viewer who was moved to another rendition of H.264 has the parameter sets with which that began. They are in its
 * first packet, and Chromium does not wait for it: it decodes the keyframe behind with those of the rendition before, shows
 * wrong pictures until the next keyframe, and complains of nothing. If it asks for that packet, its request may be lost too,
 * and is not repeated. So another keyframe is wanted when the packet is asked for, and also when the viewer's report says that
 * anything at all was lost about then; for a keyframe made so the same holds, a few times.
 */
final class ParameterSetLossGuard {
    private static final int MOST_KEYFRAMES = 3;
    private static final long NONE = -1;

    private long firstSeq = NONE;
    private long lostBefore;
    private boolean another;
    private int left;

    /** Another rendition begins with this packet; so much the viewer had reported as lost before. */
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

    /** The viewer asks for a packet; whether it needs another keyframe. */
    boolean missing(long seq) {
        return seq == firstSeq && anotherKeyframe();
    }

    /** The viewer reports what it has lost in all, up to a packet; whether it needs another keyframe. */
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
