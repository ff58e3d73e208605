package dev.sightline.transport.webrtc;

import dev.sightline.codec.Rendition;
import dev.sightline.codec.VideoLadder;
import dev.sightline.frame.Codec;
import dev.sightline.stream.StreamStatus;
import java.util.List;

/**
 * What a viewer may choose from.
 *
 * @param codec that was agreed on
 * @param ownVideo whether the viewer can be given the source's own video, where it is of this codec
 */
record Ladder(Codec codec, boolean ownVideo) {

    /** The renditions for a stream as it is now, best first. */
    List<Rendition.Video> rungs(StreamStatus stream) {
        return VideoLadder.rungs(codec, stream.width(), stream.height(), stream.fps()).stream()
                .map(rung -> ownVideo ? rung : encodedHere(rung, stream.width()))
                .toList();
    }

    /** A rendition that names its width is never the source's own video. */
    private static Rendition.Video encodedHere(Rendition.Video rung, int width) {
        return rung.width() == Rendition.SOURCE_WIDTH && width > 0
                ? new Rendition.Video(rung.codec(), width, rung.bitsPerSecond())
                : rung;
    }
}
