package dev.sightline.stream;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.metrics.SingleWriterCounter;
import dev.sightline.stream.fanout.Fanout;
import dev.sightline.stream.fanout.Subscription;
import dev.sightline.stream.fanout.ViewerRequests;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Orders what goes out to the viewers of a rendition: live frames, encoded here or passed through, and slates. Inter-coded
 * frames each follow the one before. After a slate, a failed frame, or a change between encoding and passthrough, nothing goes
 * out before the next keyframe. Safe for use by any thread.
 */
final class RenditionSequencer {
    private final Rendition rendition;
    private final Upstream upstream;
    private final boolean ordered;
    private final KeyframeRequests requests = new KeyframeRequests();
    private final TemporalLayerRequests layers = new TemporalLayerRequests();
    private final Fanout fanout;

    // Written under the lock, read by any.
    /** Whether viewers miss a frame that the next one may depend on. */
    private volatile boolean interrupted;

    /** Whether the last live frame was passed through, or came encoded. */
    private volatile boolean passed;

    private volatile @Nullable EncodedFrame lastKeyframe;
    private final SingleWriterCounter leftOut = new SingleWriterCounter();

    /**
     * Creates one before any frame went out.
     *
     * @param upstream is told what viewers need
     * @param onLeave gets each subscription that was closed
     */
    RenditionSequencer(Rendition rendition, Upstream upstream, Consumer<Subscription> onLeave) {
        this.rendition = rendition;
        this.upstream = upstream;
        Codec codec = rendition.codec();
        this.ordered = !codec.intraOnly();
        this.fanout = new Fanout(codec, ordered ? new Requests() : () -> {}, upstream::isOfPast, onLeave);
    }

    private final class Requests implements ViewerRequests {
        @Override
        public void keyframe() {
            requests.add();
            upstream.keyframeWanted(rendition);
        }

        @Override
        public void temporalLayers() {
            layers.add();
            upstream.temporalLayersWanted(rendition);
        }
    }

    Fanout fanout() {
        return fanout;
    }

    /** Before the first viewer: takes the source's own frames since its newest keyframe as already sent. */
    synchronized void begin(List<EncodedFrame> gop) {
        if (!gop.isEmpty()) {
            fanout.begin(gop);
            passed = true;
            lastKeyframe = gop.get(0);
        }
    }

    /** The next live frame, encoded here. */
    void encoded(EncodedFrame frame) {
        publish(frame, false);
    }

    /** The next live frame, passed through. */
    void passed(EncodedFrame frame) {
        publish(frame, true);
    }

    private synchronized void publish(EncodedFrame frame, boolean ofSource) {
        if (!frame.keyframe() && (interrupted || passed != ofSource)) {
            countLeftOut();
            return;
        }
        if (frame.keyframe()) {
            requests.answered();
        }
        if (fanout.publish(frame)) {
            interrupted = false;
            passed = ofSource;
            lastKeyframe = frame.keyframe() ? frame : lastKeyframe;
        } else if (passed == ofSource) {
            interrupted = ordered;
        }
    }

    /**
     * The next live frame, encoded in another process, which has put its frames in order already.
     *
     * @param decodes whether it may be decoded here
     */
    synchronized void elsewhere(EncodedFrame frame, boolean decodes) {
        if (!frame.keyframe() && interrupted) {
            countLeftOut();
            return;
        }
        if (frame.keyframe()) {
            requests.answered();
        }
        if (!fanout.publish(frame)) {
            interrupted = ordered;
            return;
        }
        interrupted = false;
        passed = true;
        if (frame.keyframe()) {
            lastKeyframe = decodes ? frame : null;
        }
    }

    /** Whether to ask the process that encodes for a keyframe now, by the clock of capture times. */
    boolean keyframeDue(long nanos) {
        if (interrupted) {
            requests.add();
        }
        return ordered && requests.due(nanos);
    }

    /** Before the first frame, nothing counts as missed. */
    private void countLeftOut() {
        if (fanout.latest().isPresent()) {
            leftOut.add(1);
        }
    }

    /** A slate; live frames restart after it. */
    synchronized void slate(EncodedFrame slate) {
        requests.answered();
        if (fanout.publish(slate)) {
            interrupted = ordered;
        }
    }

    /** A live frame is missing that the next may depend on. */
    synchronized void interrupt() {
        interrupted = ordered;
    }

    /** Whether the next encoded frame must be a keyframe; the time is by the clock of capture times. */
    boolean needsKeyframe(long nanos) {
        return ordered && mayNotBuildOnLast(nanos);
    }

    /** Under the lock: a keyframe that is going out now is not requested again. */
    private synchronized boolean mayNotBuildOnLast(long nanos) {
        if (interrupted || passed) {
            requests.add();
        }
        return requests.due(nanos);
    }

    /** Whether the next frame is to be in a temporal layer, by the clock of capture times; one thread at a time. */
    boolean wantsTemporalLayers(long nanos) {
        return layers.wanted(nanos);
    }

    /** Whether a viewer lost the slate and needs another now, by the clock of capture times. */
    boolean needsSlateAgain(long nanos) {
        return requests.due(nanos);
    }

    /** The number of the frame that went out last; 0 before the first. */
    long newestSeq() {
        return fanout.latest().map(EncodedFrame::seq).orElse(0L);
    }

    /** Whether the last live frame was the source's own. */
    boolean isPassed() {
        return passed;
    }

    /** The newest live frame that decodes without others. */
    Optional<EncodedFrame> lastKeyframe() {
        return Optional.ofNullable(lastKeyframe);
    }

    /** How many keyframes were forced. */
    long forced() {
        return requests.forced();
    }

    /** Frames held back because viewers miss what they depend on. */
    long leftOut() {
        return leftOut.value();
    }
}
