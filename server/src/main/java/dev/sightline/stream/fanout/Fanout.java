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
import org.jspecify.annotations.Nullable;

/**
 * Hands the pictures of one rendition to everybody who watches it: a group for each executor, one task a picture for
 * each group. Safe for use by any thread; nobody who calls it waits.
 */
public final class Fanout {
    private final Map<Executor, FanoutGroup> groups = new ConcurrentHashMap<>();
    private final AtomicInteger viewers = new AtomicInteger();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Codec codec;
    private final Runnable onKeyframeRequest;
    private final Runnable onLeave;
    private final AtomicReference<@Nullable EncodedFrame> latest = new AtomicReference<>();
    private final GopCache gop = GopCache.ofSource();

    /**
     * A fan-out nobody watches yet.
     *
     * @param onKeyframeRequest runs whenever somebody cannot go on without a keyframe; may run often
     * @param onLeave runs whenever a subscription was closed
     */
    public Fanout(Codec codec, Runnable onKeyframeRequest, Runnable onLeave) {
        this.codec = codec;
        this.onKeyframeRequest = onKeyframeRequest;
        this.onLeave = onLeave;
    }

    /** Takes a subscriber in; it is shown at once what newcomers are shown. */
    public Subscription subscribe(Executor executor, Subscriber subscriber) {
        FanoutGroup group = groups.computeIfAbsent(executor, this::group);
        Subscription subscription = new Subscription(subscriber, group, Backlog.ofViewer(codec));
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
     * The newest picture, for everybody; one that is older than the last, as a slate made late, is left out.
     *
     * @return whether it was the newest
     */
    public boolean publish(EncodedFrame frame) {
        EncodedFrame newest = latest.accumulateAndGet(frame, Fanout::newer);
        if (newest != frame) {
            return false;
        }
        // Before the groups have it: who is taken in meanwhile gets it one way or the other.
        gop.add(frame);
        for (FanoutGroup group : groups.values()) {
            group.offer(frame);
        }
        return true;
    }

    /** By any thread: somebody cannot go on without a keyframe. */
    void requestKeyframe() {
        onKeyframeRequest.run();
    }

    /** Before anybody watches: what was there before, of the source's own video. */
    public void begin(List<EncodedFrame> pictures) {
        pictures.forEach(this::publish);
    }

    /** What newcomers are shown. */
    List<EncodedFrame> gop() {
        return gop.frames();
    }

    /** The picture published last. */
    public Optional<EncodedFrame> latest() {
        return Optional.ofNullable(latest.get());
    }

    /** Runs something for each subscriber, on its executor. */
    public void forEach(Consumer<Subscriber> action) {
        groups.values().forEach(group -> group.forEach(action));
    }

    /** How many watch. */
    public int viewers() {
        return viewers.get();
    }

    long delivered() {
        return delivered.sum();
    }

    /** Frames that viewers missed because they were not ready. */
    public long dropped() {
        return dropped.sum();
    }

    void countDelivered() {
        delivered.increment();
    }

    void countDropped(long pictures) {
        dropped.add(pictures);
    }

    private static @Nullable EncodedFrame newer(@Nullable EncodedFrame one, @Nullable EncodedFrame other) {
        return one == null || other != null && other.seq() >= one.seq() ? other : one;
    }

    void left() {
        viewers.decrementAndGet();
        onLeave.run();
    }
}
