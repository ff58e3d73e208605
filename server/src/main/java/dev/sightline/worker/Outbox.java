package dev.sightline.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What waits to be sent to the other process. The link's own messages go first. Of those with a body at most
 * {@value #MOST_BODIES} or {@value #MOST_BODY_BYTES} bytes wait, beyond which newer ones are dropped: a process that reads has
 * none waiting. Safe for use by any thread.
 */
final class Outbox {
    static final int MOST_BODIES = 256;
    static final int MOST_BODY_BYTES = 16 << 20;
    static final int MOST_OTHERS = 4_096;
    static final int MOST_OTHER_BYTES = 16 << 20;

    @GuardedBy("this")
    private final Deque<Envelope> first = new ArrayDeque<>();

    @GuardedBy("this")
    private final Deque<Envelope> queue = new ArrayDeque<>();

    @GuardedBy("this")
    private final Budget bodies = new Budget(MOST_BODIES, MOST_BODY_BYTES);

    @GuardedBy("this")
    private final Budget others = new Budget(MOST_OTHERS, MOST_OTHER_BYTES);

    @GuardedBy("this")
    private boolean closed;

    /** What became of a message. */
    enum Offer {
        TAKEN,
        DROPPED,
        /** It may not be dropped, but too much waits: the other process does not read. */
        OVERFULL
    }

    synchronized Offer offer(Envelope envelope) {
        boolean hasBody = envelope.message().body().length > 0;
        if (closed) {
            return Offer.DROPPED;
        }
        if (!(hasBody ? bodies : others).take(envelope.message().bytes())) {
            return hasBody ? Offer.DROPPED : Offer.OVERFULL;
        }
        (envelope.internal() ? first : queue).add(envelope);
        notifyAll();
        return Offer.TAKEN;
    }

    /** The next one; empty if none waits. */
    synchronized Optional<Envelope> poll() {
        Envelope next = first.isEmpty() ? queue.poll() : first.poll();
        if (next != null) {
            (next.message().body().length > 0 ? bodies : others)
                    .giveBack(next.message().bytes());
        }
        return Optional.ofNullable(next);
    }

    /** Waits until there is a next one, or {@link #close}; answers whether it goes on. */
    synchronized boolean await() throws InterruptedException {
        while (!closed && first.isEmpty() && queue.isEmpty()) {
            wait();
        }
        return !closed;
    }

    /** Forgets all that waits, and takes no more. */
    synchronized void close() {
        closed = true;
        first.clear();
        queue.clear();
        notifyAll();
    }

    /** A number of messages and bytes that may wait; a message alone may have any length. */
    private static final class Budget {
        private final int mostCount;
        private final long mostBytes;
        private int count;
        private long bytes;

        Budget(int mostCount, long mostBytes) {
            this.mostCount = mostCount;
            this.mostBytes = mostBytes;
        }

        boolean take(int length) {
            if (count >= mostCount || count > 0 && bytes + length > mostBytes) {
                return false;
            }
            count++;
            bytes += length;
            return true;
        }

        void giveBack(int length) {
            count--;
            bytes -= length;
        }
    }
}
