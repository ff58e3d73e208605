package dev.sightline.transport.webrtc;

import dev.sightline.codec.Rendition;
import dev.sightline.codec.VideoLadder;
import dev.sightline.frame.Codec;
import dev.sightline.h264.H264Profile;
import dev.sightline.transport.webrtc.sdp.VideoFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The renditions that a viewer may choose from.
 *
 * @param codec the negotiated codec
 * @param accepted the profile that the viewer accepts, if the codec is H.264
 */
record Ladder(Codec codec, H264Profile accepted) {
    /** The renditions open to a viewer with this negotiated format; a missing profile counts as the least demanding. */
    static Ladder of(VideoFormat format) {
        return new Ladder(format.codec(), format.profile().orElse(H264Profile.CONSTRAINED_BASELINE));
    }

    /** The renditions for a stream as it is now, best first: one to three; the middle one only while the encoders keep up. */
    List<Rendition.Video> rungs(LadderConditions stream) {
        List<Rendition.Video> rungs = VideoLadder.rungs(codec, stream.width(), stream.height(), stream.fps());
        List<Rendition.Video> lower = rungs.subList(1, rungs.size());
        return Stream.concat(
                        Stream.of(best(raised(rungs.get(0), stream), stream)),
                        lower.stream().skip(stream.roomForMore() ? 0 : Math.max(0, lower.size() - 1)))
                .map(rung -> permits(rung, stream) ? rung : encodedHere(rung, stream.width()))
                .toList();
    }

    /** What is encoded here has the rate that the best line carries. */
    private static Rendition.Video raised(Rendition.Video rung, LadderConditions stream) {
        return stream.isPassed() || stream.topRate() <= rung.bitsPerSecond()
                ? rung
                : new Rendition.Video(rung.codec(), rung.width(), stream.topRate());
    }

    /** During passthrough, video too large for encoding here is allowed, since it is not encoded. */
    private Rendition.Video best(Rendition.Video encoded, LadderConditions stream) {
        if (codec != Codec.H264 || encoded.width() == Rendition.SOURCE_WIDTH || !stream.isPassed()) {
            return encoded;
        }
        Rendition.Video own = VideoLadder.source(codec, stream.width(), stream.height(), stream.fps());
        return permits(own, stream) ? own : encoded;
    }

    /**
     * Whether the viewer can decode what a rendition may contain. A source's own H.264 comes only in the rendition of the
     * source's width, and may do so as soon as its profile is known.
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
