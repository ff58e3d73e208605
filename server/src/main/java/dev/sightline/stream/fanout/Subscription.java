package dev.sightline.stream.fanout;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.metrics.SingleWriterCounter;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One viewer's place in the fan-out of a rendition. It holds what the viewer could not take yet: of single images, only the
 * newest.
 *
 * <p>The law "latest frame wins, and nobody waits for a viewer" lives here. A ready subscription is handed the next frame at
 * once. A busy one still has the frame it was handed; the {@link Backlog} stores what may follow, and every frame it drops is
 * counted. Of inter-coded video the first frame is a keyframe, each follows the one before, and after a loss comes a requested
 * keyframe. Only the subscriber's executor touches the fields, so there is no lock; any thread may call {@link #close} and
 * {@link #requestKeyframe} and read the counts.
 */
public final class Subscription implements AutoCloseable {
    private final Subscriber subscriber;
    private final ViewerIdentity viewer;
    private final FanoutGroup group;
    private final Backlog backlog;
    private final AtomicBoolean closed = new AtomicBoolean();

    // Written only by the group's executor.
    private boolean ready = true;
    private long newestSeq;
    private final SingleWriterCounter delivered = new SingleWriterCounter();
    private final SingleWriterCounter dropped = new SingleWriterCounter();

    Subscription(Subscriber subscriber, ViewerIdentity viewer, FanoutGroup group, Backlog backlog) {
        this.subscriber = subscriber;
        this.viewer = viewer;
        this.group = group;
        this.backlog = backlog;
    }

    /** The last frame has gone into the network: the next may come. Does nothing after the end. Called on the executor. */
    public void ready() {
        if (closed.get()) {
            return;
        }
        EncodedFrame next = next();
        askForWhatIsMissing();
        if (next == null) {
            ready = true;
        } else {
            deliver(next);
        }
    }

    /**
     * The newest frame that may replace one that was handed over but not sent yet; the unsent frame itself if there is none. A
     * replaced frame counts as dropped. Called on the executor.
     */
    public EncodedFrame newest(EncodedFrame unsent) {
        EncodedFrame next = backlog.replacement();
        if (next == null) {
            return unsent;
        }
        countDropped(1);
        return next;
    }

    /**
     * Requests a keyframe, because the viewer has lost something. It comes with the next frame, or within half a second if one
     * was made just before; all who ask meanwhile share it. Any thread. Does nothing if every frame is a keyframe.
     */
    public void requestKeyframe() {
        group.requests().keyframe();
    }

    /**
     * Asks for frames in {@linkplain EncodedFrame#temporalLayer temporal layers} for the next 2 s, so that this viewer can do with
     * fewer. Any thread. Does nothing where the encoder cannot.
     */
    public void requestTemporalLayers() {
        group.requests().temporalLayers();
    }

    /** The number of frames handed to the subscriber. */
    public long delivered() {
        return delivered.value();
    }

    /** The number of frames this viewer missed because it was not ready. */
    public long dropped() {
        return dropped.value();
    }

    /** Ends the subscription. No call follows, but one in progress may still finish. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            group.remove(this);
        }
    }

    /** Asks the transport, on the executor, to end the viewer's connection; ends the subscription in any case. Any thread. */
    public void disconnect(String why) {
        group.disconnect(this, why);
    }

    /** Whose subscription it is. */
    public ViewerIdentity viewer() {
        return viewer;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    /** Whether it has ended. Any thread. */
    public boolean isClosed() {
        return closed.get();
    }

    /** On the executor: hands the frame over, or stores it if it may follow what the viewer has. */
    void offer(EncodedFrame frame) {
        if (closed.get() || frame.seq() <= newestSeq) {
            return;
        }
        newestSeq = frame.seq();
        countDropped(backlog.add(frame));
        if (ready) {
            ready();
        }
    }

    /** A frame of the past is not missed: nobody gets it. */
    private @Nullable EncodedFrame next() {
        EncodedFrame next = backlog.next();
        while (next != null && group.isOfPast(next)) {
            backlog.passOver();
            next = backlog.next();
        }
        return next;
    }

    /** On the executor, when the viewer takes frames: requests a keyframe if nothing else is of use. */
    void askForWhatIsMissing() {
        if (backlog.needsKeyframe()) {
            group.requests().keyframe();
        }
    }

    /** On the executor: counts frames that never got here because the executor was late. */
    void countDropped(long pictures) {
        if (pictures > 0) {
            dropped.add(pictures);
            group.countDropped(pictures);
        }
    }

    private void deliver(EncodedFrame frame) {
        ready = false;
        delivered.add(1);
        subscriber.onFrame(frame);
    }
}
