package dev.sightline.stream;

import dev.sightline.codec.Rendition;
import dev.sightline.codec.VideoHeader;
import dev.sightline.ffmpeg.SequenceParameters;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.stream.fanout.GopCache;
import java.util.List;
import java.util.Optional;

/**
 * Whether viewers may have the source's own bytes, so that nothing is decoded and encoded again for them, and what those
 * who join begin with. It is asked with every frame, since a source and a pipeline may change with any.
 *
 * <p>A JPEG passes where no step changes the frame. Video passes where no step needs the frame at all, its keyframes come
 * often enough ({@link KeyframeSpacing}), its parameter sets say that browsers can show it, and it comes from a source: a
 * sender's has a keyframe only where one was asked for, so that no newcomer could join it.
 */
final class Passthrough {
    private final boolean fromSource;
    private final KeyframeSpacing spacing = new KeyframeSpacing();
    private final GopCache gop = GopCache.ofSource();

    // The stream's thread only.
    private Optional<SequenceParameters> told = Optional.empty();
    /** Whether the pipeline leaves the frame that came last as it is. */
    private boolean unchanged;
    /** Whether viewers may have the video that the frame belongs to. */
    private boolean open;

    private volatile Optional<SequenceParameters> parameters = Optional.empty();

    /** Nothing has come yet, from a source or from a sender. */
    Passthrough(boolean fromSource) {
        this.fromSource = fromSource;
    }

    /** By the stream's thread: looks at the next frame, which goes through this pipeline. */
    void next(EncodedFrame frame, Pipeline pipeline) {
        if (frame.codec().intraOnly()) {
            unchanged = !pipeline.changesPicture();
            return;
        }
        unchanged = pipeline.isEmpty();
        spacing.add(frame);
        if (frame.keyframe()) {
            VideoHeader.of(frame.codec(), frame.data())
                    .flatMap(VideoHeader::parameters)
                    .ifPresent(known -> told = Optional.of(known));
        }
        open = unchanged
                && fromSource
                && spacing.suitsViewers()
                && told.filter(known -> !known.suitsViewers()).isEmpty();
        if (open) {
            parameters = told;
            gop.add(frame);
        } else {
            parameters = Optional.empty();
            gop.clear();
        }
    }

    /** By the stream's thread: whether viewers of a rendition get the frame that came last as it is. */
    boolean permits(Rendition rendition, EncodedFrame frame) {
        if (rendition.equals(Rendition.METADATA)) {
            return unchanged;
        }
        return frame.codec() == Codec.MJPEG
                ? unchanged && rendition.equals(Rendition.DEFAULT)
                : open && isOwn(rendition, frame);
    }

    /** By the stream's thread: whether video is decoded though nobody needs that, since its next keyframe may be far. */
    boolean needsDecoder(EncodedFrame frame) {
        return fromSource && !frame.codec().intraOnly() && !spacing.suitsDecoders();
    }

    /** The source's own video since its newest keyframe, while it passes; for any thread. */
    GopCache gop() {
        return gop;
    }

    /** What the first viewer of a rendition begins with: empty unless it is the source's own video; for any thread. */
    List<EncodedFrame> gop(Rendition rendition) {
        List<EncodedFrame> frames = gop.frames();
        return !frames.isEmpty() && isOwn(rendition, frames.get(0)) ? frames : List.of();
    }

    /** What the source's own H.264 says of itself, while it passes; for any thread. */
    Optional<SequenceParameters> parameters() {
        return parameters;
    }

    private static boolean isOwn(Rendition rendition, EncodedFrame frame) {
        return rendition instanceof Rendition.Video video
                && video.codec() == frame.codec()
                && video.width() == Rendition.SOURCE_WIDTH;
    }
}
