package dev.sightline.stream.fanout;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.frame.EncodedFrame;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A group for frames that come in order: a few may wait for a late executor. After an overflow it requests a keyframe, but only
 * when the executor runs again: one that hangs must not cost other viewers anything.
 */
final class OrderedGroup extends FanoutGroup {
    private final Backlog waiting;

    @GuardedBy("waiting")
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
                requests().keyframe();
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
