package dev.sightline.stream.fanout;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Hands the frames of one rendition to all its viewers: one group for each executor, one task per frame and group. Safe for use
 * by any thread; no call waits.
 */
public final class Fanout {
    private final Map<Executor, FanoutGroup> groups = new ConcurrentHashMap<>();
    private final AtomicInteger viewers = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();
    private final Codec codec;
    private final ViewerRequests requests;
    private final LongPredicate ofPast;
    private final Consumer<Subscription> onLeave;
    private final AtomicReference<@Nullable EncodedFrame> latest = new AtomicReference<>();
    private final GopCache gop = GopCache.ofSource();

    /**
     * Creates a fan-out without viewers.
     *
     * @param requests is told what viewers need
     * @param ofPast whether a frame of this number is not to be shown any more, asked when a viewer is to get it
     * @param onLeave gets each subscription that was closed
     */
    public Fanout(Codec codec, ViewerRequests requests, LongPredicate ofPast, Consumer<Subscription> onLeave) {
        this.codec = codec;
        this.requests = requests;
        this.ofPast = ofPast;
        this.onLeave = onLeave;
    }

    /** Adds a subscriber, which gets the GOP cache's frames at once. */
    public Subscription subscribe(Executor executor, Subscriber subscriber, ViewerIdentity viewer) {
        FanoutGroup group = groups.computeIfAbsent(executor, this::group);
        Subscription subscription = new Subscription(subscriber, viewer, group, Backlog.ofViewer(codec));
        viewers.incrementAndGet();
        try {
            group.add(subscription);
            return subscription;
        } catch (RuntimeException | Error e) {
            viewers.decrementAndGet();
            throw e;
        }
    }

    private FanoutGroup group(Executor executor) {
        return codec == Codec.MJPEG
                ? new NewestGroup(this, executor)
                : new OrderedGroup(this, executor, Backlog.ofExecutor(codec));
    }

    /**
     * Publishes the newest frame to all. A frame older than the last, such as a late slate, is left out.
     *
     * @return whether it was the newest
     */
    public boolean publish(EncodedFrame frame) {
        EncodedFrame newest = latest.accumulateAndGet(frame, Fanout::newer);
        if (newest != frame) {
            return false;
        }
        // Before the groups get it: a subscriber that joins meanwhile gets it one way or the other.
        gop.add(frame);
        for (FanoutGroup group : groups.values()) {
            group.offer(frame);
        }
        return true;
    }

    /** Takes, from any thread, what a viewer needs. */
    ViewerRequests requests() {
        return requests;
    }

    /** Before the first viewer: the earlier frames of the source's own video. */
    public void begin(List<EncodedFrame> pictures) {
        pictures.forEach(this::publish);
    }

    /** The frames that a new subscriber gets first. */
    List<EncodedFrame> gop() {
        return gop.frames();
    }

    /** The frame published last, unless it is of the past. */
    public Optional<EncodedFrame> latest() {
        return Optional.ofNullable(latest.get()).filter(frame -> !isOfPast(frame));
    }

    /** Whether the frame is not to be shown any more. */
    boolean isOfPast(EncodedFrame frame) {
        return ofPast.test(frame.seq());
    }

    /** Runs an action for each subscriber, on its executor. */
    public void forEach(Consumer<Subscriber> action) {
        groups.values().forEach(group -> group.forEach(action));
    }

    /** The number of viewers. */
    public int viewers() {
        return viewers.get();
    }

    /** Frames that viewers missed because they were not ready. */
    public long dropped() {
        return dropped.sum();
    }

    void countDropped(long pictures) {
        dropped.add(pictures);
    }

    private static @Nullable EncodedFrame newer(@Nullable EncodedFrame one, @Nullable EncodedFrame other) {
        return one == null || other != null && other.seq() >= one.seq() ? other : one;
    }

    void left(Subscription subscription) {
        viewers.decrementAndGet();
        onLeave.accept(subscription);
    }
}
