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
 * The subscriptions of one rendition that share an executor (an event loop): one task a picture serves them all.
 *
 * <p>{@link #offer} is called by the encoder's thread; it puts the picture where the executor finds it and wakes the
 * executor, unless it is awake already. Members change on the executor alone.
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

    /** By any thread: the newest picture. */
    abstract void offer(EncodedFrame frame);

    /** The executor takes no more tasks: what waits for it is let go. */
    abstract void rejected();

    /** By any thread: takes a subscription in, and shows it what there is. */
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
            fanout.left();
        }
    }

    /** By any thread: runs something for each subscriber, on the executor. */
    void forEach(Consumer<Subscriber> action) {
        run(() -> {
            for (Subscription member : List.copyOf(members)) {
                if (!member.isClosed()) {
                    act(member, action);
                }
            }
        });
    }

    /** By any thread. */
    void requestKeyframe() {
        fanout.requestKeyframe();
    }

    void countDelivered() {
        fanout.countDelivered();
    }

    void countDropped(long pictures) {
        fanout.countDropped(pictures);
    }

    /** On the executor: hands the picture to all members, who never saw so many before it. */
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

    /** Whoever fails, if only for want of memory, is served no more; the others must not miss a picture for it. */
    private void sendAway(Subscription member, Throwable fault) {
        member.close();
        wake(member.subscriber()::onEnd);
        LOG.warn("a viewer is sent away, for it could not be given a picture", fault);
    }

    /** An executor that is shut down takes its viewers with it: there is nobody left to serve. */
    private void run(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            rejected();
        }
    }

    /** As {@link #run}; where there is no memory for the task, what waits is let go as well, so that the next picture wakes it. */
    void wake(Runnable task) {
        try {
            run(task);
        } catch (OutOfMemoryError e) {
            rejected();
        }
    }
}
