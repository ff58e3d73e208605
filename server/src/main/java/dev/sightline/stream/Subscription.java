package dev.sightline.stream;

import dev.sightline.frame.EncodedFrame;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One viewer's place in the fan-out of a rendition: holds at most one picture that the viewer could not take yet, always
 * the newest.
 *
 * <p>The law "newest wins, and nobody waits for a viewer" lives here. A subscription is either ready, and is handed the
 * next picture at once, or busy with the one it was handed; then newer pictures replace each other in {@code pending}
 * and every picture replaced is counted. Only the subscriber's executor touches the fields, so there is no lock;
 * {@link #close} may be called by any thread, and the counts may be read by any.
 */
public final class Subscription implements AutoCloseable {
    private final Subscriber subscriber;
    private final FanoutGroup group;
    private final AtomicBoolean closed = new AtomicBoolean();

    // Written by the group's executor alone.
    private boolean ready = true;
    private long newestSeq;
    private @Nullable EncodedFrame pending;
    private volatile long delivered;
    private volatile long dropped;

    Subscription(Subscriber subscriber, FanoutGroup group) {
        this.subscriber = subscriber;
        this.group = group;
    }

    /** The picture handed over last has gone into the network: the next may come. Called on the executor. */
    public void ready() {
        EncodedFrame next = pending;
        if (next == null) {
            ready = true;
        } else {
            pending = null;
            deliver(next);
        }
    }

    /**
     * The newest picture, in the place of one that was handed over but not sent yet: the same if no newer has come, else
     * it counts as dropped. Called on the executor.
     */
    public EncodedFrame newest(EncodedFrame unsent) {
        EncodedFrame next = pending;
        if (next == null) {
            return unsent;
        }
        pending = null;
        countDropped(1);
        return next;
    }

    /** Number of pictures handed to the subscriber. */
    public long delivered() {
        return delivered;
    }

    /** Number of pictures this viewer missed because it was not ready. */
    public long dropped() {
        return dropped;
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

    /** On the executor: hands the picture over, or keeps it as the newest. */
    void offer(EncodedFrame frame) {
        if (closed.get() || frame.seq() <= newestSeq) {
            return;
        }
        newestSeq = frame.seq();
        if (ready) {
            deliver(frame);
        } else {
            if (pending != null) {
                countDropped(1);
            }
            pending = frame;
        }
    }

    /** On the executor: pictures that never reached this subscription because its executor was late. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the executor alone, read by others
    void countDropped(long pictures) {
        if (pictures > 0) {
            dropped += pictures;
            group.countDropped(pictures);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the executor alone, read by others
    private void deliver(EncodedFrame frame) {
        ready = false;
        delivered++;
        group.countDelivered();
        subscriber.onFrame(frame);
    }
}
