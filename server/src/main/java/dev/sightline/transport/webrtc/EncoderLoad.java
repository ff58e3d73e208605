package dev.sightline.transport.webrtc;

import dev.sightline.frame.Codec;
import dev.sightline.stream.StreamStatus;
import dev.sightline.stream.StreamStatus.RenditionStatus;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether a stream's encoders of video keep up with its pictures: a further rendition is for those alone. One that begins
 * may be late for a moment; but once they did not keep up they must do so for a while, since it is perhaps just the
 * further rendition that is missing then.
 */
final class EncoderLoad {
    private static final double BEARABLE = 0.05;
    private static final double EASY = 0.01;
    private static final int PICTURES = 30;
    private static final int HARD_LOOKS = 2;
    private static final int EASY_LOOKS = 20;

    private final Map<String, Long> known = new HashMap<>();
    private long frames;
    private int hard;
    private int easy;
    private boolean high;

    /** Judges by what happened since it judged last, once that is some pictures. */
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

    private long newlySkipped(StreamStatus status) {
        long skipped = 0;
        Map<String, Long> now = new HashMap<>();
        for (RenditionStatus rendition : status.renditions()) {
            if (isVideo(rendition)) {
                skipped += Math.max(0, rendition.skipped() - known.getOrDefault(rendition.name(), 0L));
                now.put(rendition.name(), rendition.skipped());
            }
        }
        known.clear();
        known.putAll(now);
        return skipped;
    }

    private static boolean isVideo(RenditionStatus rendition) {
        return rendition.name().startsWith(Codec.VP8.codecName())
                || rendition.name().startsWith(Codec.H264.codecName());
    }
}
