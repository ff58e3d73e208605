package dev.sightline.source.ffmpeg;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/**
 * Ends FFmpeg's waiting, mostly on the network, when time is up or the waiting thread is interrupted.
 *
 * <p>FFmpeg asks repeatedly whether to go on, in the thread that called it. One callback serves all deadlines, because JavaCPP
 * makes at most ten of a kind; FFmpeg passes it a number in place of a pointer, which identifies the deadline.
 */
final class Deadline implements AutoCloseable {
    private static final Map<Long, Deadline> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong LAST_ID = new AtomicLong();

    /** Held here for ever, since FFmpeg's reference does not keep it alive. */
    private static final AVIOInterruptCB.Callback_Pointer CALLBACK = new AVIOInterruptCB.Callback_Pointer() {
        @Override
        public int call(Pointer id) {
            Deadline deadline = OPEN.get(id.address());
            return deadline == null
                            || deadline.passed()
                            || Thread.currentThread().isInterrupted()
                    ? 1
                    : 0;
        }
    };

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final long id = LAST_ID.incrementAndGet();
    private Duration limit = Duration.ofSeconds(Long.MAX_VALUE);
    private long start = System.nanoTime();

    /** Creates a deadline that is not running. */
    Deadline() {
        OPEN.put(id, this);
    }

    /** Applies this deadline to all operations on a format context from now on. */
    void watch(AVFormatContext context) {
        context.interrupt_callback().callback(CALLBACK).opaque(new Id(id));
    }

    /** Restarts it. */
    void start(Duration limit) {
        this.limit = limit;
        this.start = System.nanoTime();
    }

    /** How long it has been running. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** The time left, at least a millisecond. */
    Duration left() {
        Duration left = limit.minus(elapsed());
        return left.compareTo(SHORTEST) > 0 ? left : SHORTEST;
    }

    boolean passed() {
        return elapsed().compareTo(limit) > 0;
    }

    @Override
    public void close() {
        OPEN.remove(id);
    }

    /** A number that travels through C as a pointer and is never dereferenced. */
    private static final class Id extends Pointer {
        Id(long id) {
            address = id;
        }
    }
}
