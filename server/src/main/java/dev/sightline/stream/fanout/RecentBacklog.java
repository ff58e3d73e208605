package dev.sightline.stream.fanout;

import dev.sightline.frame.EncodedFrame;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Room for the identities of the last frames, in order: each is tiny, and a viewer that has the frame wants its identity even
 * if it comes a few moments late.
 */
final class RecentBacklog implements Backlog {
    static final int MOST = 8;

    private final ArrayDeque<EncodedFrame> waiting = new ArrayDeque<>(MOST);

    @Override
    public int add(EncodedFrame frame) {
        int lost = 0;
        if (waiting.size() == MOST) {
            waiting.poll();
            lost = 1;
        }
        waiting.add(frame);
        return lost;
    }

    @Override
    public @Nullable EncodedFrame next() {
        return waiting.poll();
    }

    @Override
    public @Nullable EncodedFrame replacement() {
        return null;
    }

    @Override
    public boolean isEmpty() {
        return waiting.isEmpty();
    }
}
