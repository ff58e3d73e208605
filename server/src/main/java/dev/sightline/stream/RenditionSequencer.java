package dev.sightline.stream;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.metrics.SingleWriterCounter;
import dev.sightline.stream.fanout.Fanout;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What goes out to the viewers of a rendition, one after the other: live pictures, encoded here or passed from the source,
 * and slates. Where pictures build on each other, each follows the one before it: after a slate, a picture that failed, or
 * a change between encoded and passed ones, nothing goes out before the next keyframe. Safe for use by any thread.
 */
final class RenditionSequencer {
    private final boolean ordered;
    private final KeyframeRequests requests = new KeyframeRequests();
    private final Fanout fanout;

    // Written under the lock, read by any.
    /** Whether viewers have not seen what the next picture may build on. */
    private volatile boolean interrupted;

    /** Whether the last live picture came from the source. */
    private volatile boolean passed;

    private volatile @Nullable EncodedFrame lastKeyframe;
    private final SingleWriterCounter leftOut = new SingleWriterCounter();

    /** Nothing has gone out yet; {@code onLeave} runs whenever a viewer has left. */
    RenditionSequencer(Codec codec, Runnable onLeave) {
        this.ordered = !codec.intraOnly();
        this.fanout = new Fanout(codec, ordered ? requests::add : () -> {}, onLeave);
    }

    Fanout fanout() {
        return fanout;
    }

    /** Before anybody watches: the source's own pictures from its newest keyframe on, as if they had gone out. */
    synchronized void begin(List<EncodedFrame> gop) {
        if (!gop.isEmpty()) {
            fanout.begin(gop);
            passed = true;
            lastKeyframe = gop.get(0);
        }
    }

    /** The next live picture, encoded here. */
    void encoded(EncodedFrame frame) {
        publish(frame, false);
    }

    /** The next live picture, as the source gave it. */
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

    /** Before the first picture of all nothing is missed. */
    private void countLeftOut() {
        if (fanout.latest().isPresent()) {
            leftOut.add(1);
        }
    }

    /** A slate, after which live pictures begin anew. */
    synchronized void slate(EncodedFrame slate) {
        requests.answered();
        if (fanout.publish(slate)) {
            interrupted = ordered;
        }
    }

    /** A live picture is missing on which the next may build. */
    synchronized void interrupt() {
        interrupted = ordered;
    }

    /** Whether the picture that is encoded next must be a keyframe; the time is by the clock of capture times. */
    boolean needsKeyframe(long nanos) {
        return ordered && mayNotBuildOnLast(nanos);
    }

    /** Under the lock: a keyframe that is just going out is not asked for again. */
    private synchronized boolean mayNotBuildOnLast(long nanos) {
        if (interrupted || passed) {
            requests.add();
        }
        return requests.due(nanos);
    }

    /** Whether a viewer lost the slate and is to be given another now, by the clock of capture times. */
    boolean needsSlateAgain(long nanos) {
        return requests.due(nanos);
    }

    /** The number of what went out last; 0 before the first. */
    long newestSeq() {
        return fanout.latest().map(EncodedFrame::seq).orElse(0L);
    }

    /** Whether the last live picture was one of the source's own. */
    boolean isPassed() {
        return passed;
    }

    /** The newest live picture that can be seen without others. */
    Optional<EncodedFrame> lastKeyframe() {
        return Optional.ofNullable(lastKeyframe);
    }

    /** How many keyframes were forced. */
    long forced() {
        return requests.forced();
    }

    /** Pictures that did not go out because viewers have not seen what they build on. */
    long leftOut() {
        return leftOut.value();
    }
}
