package dev.sightline.stream;

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
                fanout.lead().forEach(subscription::offer);
                subscription.askForWhatIsMissing();
            }
        });
    }

    /** By any thread. */
    void remove(Subscription subscription) {
        run(() -> members.remove(subscription));
        fanout.left();
    }

    /** By any thread: runs something for each subscriber, on the executor. */
    void forEach(Consumer<Subscriber> action) {
        run(() -> {
            for (Subscription member : List.copyOf(members)) {
                if (!member.isClosed()) {
                    action.accept(member.subscriber());
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

    /** Whoever fails is served no more; the others must not miss a picture for it. */
    private void serve(Subscription member, EncodedFrame frame) {
        try {
            member.offer(frame);
        } catch (RuntimeException e) {
            LOG.warn("a viewer is sent away, for it could not be given a picture", e);
            member.close();
            run(member.subscriber()::onEnd);
        }
    }

    /** An executor that is shut down takes its viewers with it: there is nobody left to serve. */
    void run(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            rejected();
        }
    }
}
