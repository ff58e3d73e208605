package dev.sightline.stream;

import dev.sightline.codec.Rendition;
import dev.sightline.codec.VideoHeader;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.h264.SequenceParameters;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.stream.fanout.GopCache;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Decides whether viewers may get the source's own bytes without transcoding, and what viewers who join start with. It is asked
 * for every frame, since source and pipeline may change at any frame.
 *
 * <p>A JPEG passes if no step changes the frame. Video passes under four conditions: no step changes the frame, keyframes come
 * often enough ({@link KeyframeSpacing}), browsers support its parameter sets, and it comes from a source. A publisher sends
 * keyframes only on request, so no viewer could join its video.
 */
final class Passthrough {
    private final BooleanSupplier fromSource;
    private final KeyframeSpacing spacing = new KeyframeSpacing();
    private final GopCache gop = GopCache.ofSource();

    // The stream's thread only.
    private Optional<SequenceParameters> told = Optional.empty();
    /** Whether the pipeline leaves the newest frame unchanged. */
    private boolean unchanged;
    /** Whether viewers may get the video that the frame belongs to. */
    private boolean open;

    private volatile Optional<SequenceParameters> parameters = Optional.empty();

    /**
     * Creates one, before the first frame.
     *
     * @param fromSource whether frames come from a source, rather than a publisher
     */
    Passthrough(BooleanSupplier fromSource) {
        this.fromSource = fromSource;
    }

    /** By the stream's thread: examines the next frame, which goes through this pipeline. */
    void next(EncodedFrame frame, Pipeline pipeline) {
        if (frame.codec().intraOnly()) {
            unchanged = !pipeline.changesPicture();
            noVideo();
            return;
        }
        unchanged = pipeline.isEmpty() || fromSource.getAsBoolean() && !pipeline.changesPicture();
        spacing.add(frame);
        if (frame.keyframe()) {
            VideoHeader.of(frame.codec(), frame.data())
                    .flatMap(VideoHeader::parameters)
                    .ifPresent(known -> told = Optional.of(known));
        }
        open = unchanged
                && fromSource.getAsBoolean()
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

    /** By the stream's thread: the next frame belongs to no video; nobody may start with what came before. */
    void noVideo() {
        if (open) {
            open = false;
            parameters = Optional.empty();
            gop.clear();
        }
    }

    /** By the stream's thread: whether viewers of a rendition get the newest frame unchanged. */
    boolean permits(Rendition rendition, EncodedFrame frame) {
        if (rendition.equals(Rendition.METADATA)) {
            return unchanged;
        }
        return frame.codec() == Codec.MJPEG
                ? unchanged && rendition.equals(Rendition.DEFAULT)
                : open && isOwn(rendition, frame);
    }

    /** By the stream's thread: whether to decode video although nobody needs it, because its next keyframe may be far. */
    boolean needsDecoder(EncodedFrame frame) {
        return fromSource.getAsBoolean() && !frame.codec().intraOnly() && !spacing.suitsDecoders();
    }

    /** The source's own video since its newest keyframe, during passthrough; any thread. */
    GopCache gop() {
        return gop;
    }

    /** What the first viewer of a rendition starts with: empty unless it is the source's own video; any thread. */
    List<EncodedFrame> gop(Rendition rendition) {
        List<EncodedFrame> frames = gop.frames();
        return !frames.isEmpty() && isOwn(rendition, frames.get(0)) ? frames : List.of();
    }

    /** The parameters of the source's own H.264, during passthrough; any thread. */
    Optional<SequenceParameters> parameters() {
        return parameters;
    }

    private static boolean isOwn(Rendition rendition, EncodedFrame frame) {
        return rendition instanceof Rendition.Video video
                && video.codec() == frame.codec()
                && video.width() == Rendition.SOURCE_WIDTH;
    }
}
