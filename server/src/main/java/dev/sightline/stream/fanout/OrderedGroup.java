package dev.sightline.stream.fanout;

import dev.sightline.frame.EncodedFrame;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A group for pictures that come in order: a few of them may wait for a late executor. Where too many did, it asks for a
 * keyframe once the executor is there again, and not before: one that hangs must not cost the others anything.
 */
final class OrderedGroup extends FanoutGroup {
    private final Backlog waiting;
    private int lost;

    OrderedGroup(Fanout fanout, Executor executor, Backlog waiting) {
        super(fanout, executor);
        this.waiting = waiting;
    }

    @Override
    void offer(EncodedFrame frame) {
        boolean wake;
        synchronized (waiting) {
            wake = waiting.isEmpty();
            lost += waiting.add(frame);
            wake &= !waiting.isEmpty();
        }
        if (wake) {
            wake(this::deliver);
        }
    }

    private void deliver() {
        while (true) {
            EncodedFrame frame;
            int missed;
            boolean broken;
            synchronized (waiting) {
                frame = waiting.next();
                missed = lost;
                lost = 0;
                broken = waiting.needsKeyframe();
            }
            if (broken) {
                requestKeyframe();
            }
            if (frame == null) {
                return;
            }
            show(frame, missed);
        }
    }

    @Override
    void rejected() {
        synchronized (waiting) {
            @Nullable EncodedFrame left = waiting.next();
            while (left != null) {
                left = waiting.next();
            }
        }
    }
}
