package dev.sightline.transport.webrtc;

import dev.sightline.codec.Rendition;
import dev.sightline.codec.VideoLadder;
import dev.sightline.frame.Codec;
import dev.sightline.h264.H264Profile;
import dev.sightline.transport.webrtc.sdp.VideoFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a viewer may choose from.
 *
 * @param codec that was agreed on
 * @param accepted the profile that the viewer takes, where the codec is H.264
 */
record Ladder(Codec codec, H264Profile accepted) {
    private static final int MOST = 3;
    private static final int MOST_UNDER_LOAD = 2;

    /** What a viewer may choose from who agreed to a format; what no profile is known of, is the least demanding. */
    static Ladder of(VideoFormat format) {
        return new Ladder(format.codec(), format.profile().orElse(H264Profile.CONSTRAINED_BASELINE));
    }

    /** The renditions for a stream as it is now, best first: one to three, the third only while the encoders keep up. */
    List<Rendition.Video> rungs(LadderConditions stream) {
        List<Rendition.Video> rungs = VideoLadder.rungs(codec, stream.width(), stream.height(), stream.fps());
        return Stream.concat(
                        Stream.of(best(rungs.get(0), stream)), rungs.stream().skip(1))
                .limit(stream.roomForMore() ? MOST : MOST_UNDER_LOAD)
                .map(rung -> permits(rung, stream) ? rung : encodedHere(rung, stream.width()))
                .toList();
    }

    /** What is too large to be encoded here need not be, while the source's own video is passed. */
    private Rendition.Video best(Rendition.Video encoded, LadderConditions stream) {
        if (codec != Codec.H264 || encoded.width() == Rendition.SOURCE_WIDTH || !stream.isPassed()) {
            return encoded;
        }
        Rendition.Video own = VideoLadder.source(codec, stream.width(), stream.height(), stream.fps());
        return permits(own, stream) ? own : encoded;
    }

    /**
     * Whether the viewer can decode what may come in a rendition. A source's own H.264 is in that of the source's width
     * alone, and may come there as soon as it is known.
     */
    boolean permits(Rendition.Video rendition, LadderConditions stream) {
        return rendition.codec() == codec
                && (codec != Codec.H264
                        || rendition.width() != Rendition.SOURCE_WIDTH
                        || stream.profile().filter(accepted::takes).isPresent());
    }

    /** A rendition that names its width is never the source's own video. */
    private static Rendition.Video encodedHere(Rendition.Video rung, int width) {
        return new Rendition.Video(rung.codec(), width, rung.bitsPerSecond());
    }
}
