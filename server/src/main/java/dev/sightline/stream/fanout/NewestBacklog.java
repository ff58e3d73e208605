package dev.sightline.stream.fanout;

import dev.sightline.frame.EncodedFrame;
import org.jspecify.annotations.Nullable;

/** Room for one self-contained frame: always the newest. */
final class NewestBacklog implements Backlog {
    private @Nullable EncodedFrame newest;

    @Override
    public int add(EncodedFrame frame) {
        int lost = newest == null ? 0 : 1;
        newest = frame;
        return lost;
    }

    @Override
    public @Nullable EncodedFrame next() {
        EncodedFrame taken = newest;
        newest = null;
        return taken;
    }

    @Override
    public @Nullable EncodedFrame replacement() {
        return next();
    }

    @Override
    public boolean isEmpty() {
        return newest == null;
    }
}
