package dev.sightline.transport.webrtc;

import dev.sightline.codec.Rendition;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.stream.status.StreamStatus.RenditionStatus;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether a stream's video encoders keep up with its frames; only then is there a further rendition. A new encoder may be late
 * at first. After encoders fell behind, they must keep up for a while, since that may be only because the further rendition is
 * missing.
 */
final class EncoderLoad {
    private static final double BEARABLE = 0.05;
    private static final double EASY = 0.01;
    private static final int PICTURES = 30;
    private static final int HARD_LOOKS = 2;
    private static final int EASY_LOOKS = 20;
    private static final int LOW_LOOKS = 8;

    private final Map<Rendition, Long> known = new HashMap<>();
    private long frames;
    private int hard;
    private int easy;
    private boolean high;

    /** Judges what happened since the last judgement, once enough frames have passed. */
    void see(StreamStatus status) {
        long newFrames = status.frames() - frames;
        if (newFrames < PICTURES) {
            return;
        }
        frames = status.frames();
        double share = (double) newlySkipped(status) / newFrames;
        hard = share > BEARABLE ? hard + 1 : 0;
        easy = share <= EASY ? easy + 1 : 0;
        high = hard >= HARD_LOOKS || high && easy < EASY_LOOKS;
    }

    boolean isHigh() {
        return high;
    }

    /** Whether they have kept up for so long that they may be given more to do. */
    boolean isLow() {
        return !high && easy >= LOW_LOOKS;
    }

    private long newlySkipped(StreamStatus status) {
        long skipped = 0;
        Map<Rendition, Long> now = new HashMap<>();
        for (RenditionStatus each : status.renditions()) {
            if (each.rendition() instanceof Rendition.Video video) {
                skipped += Math.max(0, each.skipped() - known.getOrDefault(video, 0L));
                now.put(video, each.skipped());
            }
        }
        known.clear();
        known.putAll(now);
        return skipped;
    }
}
