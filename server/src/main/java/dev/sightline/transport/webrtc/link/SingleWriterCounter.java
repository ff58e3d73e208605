package dev.sightline.transport.webrtc.link;

import java.util.concurrent.atomic.AtomicLong;

/** A count that one thread adds to and all may read. */
final class SingleWriterCounter {
    private final AtomicLong count = new AtomicLong();

    void add(long more) {
        count.setOpaque(count.getPlain() + more);
    }

    long value() {
        return count.getOpaque();
    }
}
