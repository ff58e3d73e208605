package dev.sightline.stream.fanout;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.metrics.SingleWriterCounter;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One viewer's place in the fan-out of a rendition: holds what the viewer could not take yet, of single pictures the newest
 * alone.
 *
 * <p>The law "newest wins, and nobody waits for a viewer" lives here. A subscription is either ready, and is handed the
 * next picture at once, or busy with the one it was handed; then the {@link Backlog} keeps what may follow that one, and
 * every picture it drops is counted. Where pictures build on each other, the first is a keyframe, each follows the one
 * before it, and after a loss comes a keyframe, which is asked for. Only the subscriber's executor touches the fields, so
 * there is no lock; {@link #close} and {@link #requestKeyframe} may be called by any thread, and the counts may be read by
 * any.
 */
public final class Subscription implements AutoCloseable {
    private final Subscriber subscriber;
    private final FanoutGroup group;
    private final Backlog backlog;
    private final AtomicBoolean closed = new AtomicBoolean();

    // Written by the group's executor alone.
    private boolean ready = true;
    private long newestSeq;
    private final SingleWriterCounter delivered = new SingleWriterCounter();
    private final SingleWriterCounter dropped = new SingleWriterCounter();

    Subscription(Subscriber subscriber, FanoutGroup group, Backlog backlog) {
        this.subscriber = subscriber;
        this.group = group;
        this.backlog = backlog;
    }

    /** The picture handed over last has gone into the network: the next may come. Called on the executor. */
    public void ready() {
        askForWhatIsMissing();
        EncodedFrame next = backlog.next();
        if (next == null) {
            ready = true;
        } else {
            deliver(next);
        }
    }

    /**
     * The newest picture, in the place of one that was handed over but not sent yet: the same if none has come that can
     * stand for it, else it counts as dropped. Called on the executor.
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
     * Asks for a picture that can be decoded on its own, because the viewer has lost something: it comes with the next
     * picture, or within half a second where one was made for somebody just before. Whoever asks meanwhile gets the same.
     * By any thread. Where every picture is such a one, nothing happens.
     */
    public void requestKeyframe() {
        group.requestKeyframe();
    }

    /** Number of pictures handed to the subscriber. */
    public long delivered() {
        return delivered.value();
    }

    /** Number of pictures this viewer missed because it was not ready. */
    public long dropped() {
        return dropped.value();
    }

    /** Ends the subscription; no call follows, but one under way may still finish. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            group.remove(this);
        }
    }

    Subscriber subscriber() {
        return subscriber;
    }

    boolean isClosed() {
        return closed.get();
    }

    /** On the executor: hands the picture over, or keeps it if it may follow what the viewer has. */
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

    /** On the executor, when the viewer takes pictures: one who can use none but a keyframe asks for it. */
    void askForWhatIsMissing() {
        if (backlog.needsKeyframe()) {
            group.requestKeyframe();
        }
    }

    /** On the executor: pictures that never reached this subscription because its executor was late. */
    void countDropped(long pictures) {
        if (pictures > 0) {
            dropped.add(pictures);
            group.countDropped(pictures);
        }
    }

    private void deliver(EncodedFrame frame) {
        ready = false;
        delivered.add(1);
        group.countDelivered();
        subscriber.onFrame(frame);
    }
}
