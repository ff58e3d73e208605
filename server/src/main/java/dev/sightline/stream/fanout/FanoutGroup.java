package dev.sightline.stream.fanout;

import dev.sightline.frame.EncodedFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions of one rendition that share an executor (an event loop): one task per frame serves them all.
 *
 * <p>The encoder's thread calls {@link #offer}, which stores the frame for the executor and wakes it unless it is awake
 * already. Only the executor changes the members.
 */
abstract sealed class FanoutGroup permits NewestGroup, OrderedGroup {
    private static final Logger LOG = LoggerFactory.getLogger(FanoutGroup.class);

    private final Fanout fanout;
    private final Executor executor;
    private final List<Subscription> members = new ArrayList<>();

    FanoutGroup(Fanout fanout, Executor executor) {
        this.fanout = fanout;
        this.executor = executor;
    }

    /** By any thread: the newest frame. */
    abstract void offer(EncodedFrame frame);

    /** The executor takes no more tasks: drops what waits for it. */
    abstract void rejected();

    /** By any thread: adds a subscription, and hands it the frames there are. */
    void add(Subscription subscription) {
        run(() -> {
            if (!subscription.isClosed()) {
                members.add(subscription);
                fanout.gop().forEach(frame -> serve(subscription, frame));
                subscription.askForWhatIsMissing();
            }
        });
    }

    /** By any thread. */
    void remove(Subscription subscription) {
        try {
            run(() -> members.remove(subscription));
        } finally {
            fanout.left(subscription);
        }
    }

    /** By any thread: lets the subscriber end the viewer's connection, on the executor. */
    void disconnect(Subscription subscription, String why) {
        run(() -> {
            act(subscription, subscriber -> subscriber.onDisconnect(why));
            subscription.close();
        });
    }

    /** By any thread: runs an action for each subscriber, on the executor. */
    void forEach(Consumer<Subscriber> action) {
        run(() -> {
            for (Subscription member : List.copyOf(members)) {
                if (!member.isClosed()) {
                    act(member, action);
                }
            }
        });
    }

    /** Takes, from any thread, what a viewer needs. */
    ViewerRequests requests() {
        return fanout.requests();
    }

    /** Whether the frame is not to be shown any more. */
    boolean isOfPast(EncodedFrame frame) {
        return fanout.isOfPast(frame);
    }

    void countDropped(long pictures) {
        fanout.countDropped(pictures);
    }

    /** On the executor: hands the frame to all members, with the number of frames they missed before it. */
    void show(EncodedFrame frame, int missed) {
        // From the last to the first, by index: a subscriber may close itself or others while it is served.
        for (int i = members.size() - 1; i >= 0; i--) {
            if (i < members.size()) {
                Subscription member = members.get(i);
                member.countDropped(missed);
                serve(member, frame);
            }
        }
    }

    private void serve(Subscription member, EncodedFrame frame) {
        try {
            member.offer(frame);
        } catch (Throwable fault) {
            sendAway(member, fault);
        }
    }

    private void act(Subscription member, Consumer<Subscriber> action) {
        try {
            action.accept(member.subscriber());
        } catch (Throwable fault) {
            sendAway(member, fault);
        }
    }

    /** A member that fails, even for lack of memory, is removed; the others must not miss a frame for it. */
    private void sendAway(Subscription member, Throwable fault) {
        member.close();
        wake(member.subscriber()::onEnd);
        LOG.warn("a viewer was removed: it could not be given a frame", fault);
    }

    /** If the executor is shut down, so are its viewers: there is nobody left to serve. */
    private void run(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            rejected();
        }
    }

    /**
     * Like {@link #run}; if there is no memory for the task, waiting frames are dropped too, so that the next frame wakes the
     * executor.
     */
    void wake(Runnable task) {
        try {
            run(task);
        } catch (OutOfMemoryError e) {
            rejected();
        }
    }
}
