package dev.sightline.stream.fanout;

import dev.sightline.frame.EncodedFrame;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A group for self-contained frames: a lock-free slot for the newest. */
final class NewestGroup extends FanoutGroup {
    private final AtomicReference<@Nullable EncodedFrame> slot = new AtomicReference<>();
    private final AtomicInteger overwritten = new AtomicInteger();

    NewestGroup(Fanout fanout, Executor executor) {
        super(fanout, executor);
    }

    @Override
    void offer(EncodedFrame frame) {
        if (slot.getAndSet(frame) == null) {
            wake(this::deliver);
        } else {
            overwritten.incrementAndGet();
        }
    }

    private void deliver() {
        EncodedFrame frame = slot.getAndSet(null);
        if (frame != null) {
            show(frame, overwritten.getAndSet(0));
        }
    }

    @Override
    void rejected() {
        slot.set(null);
    }
}
