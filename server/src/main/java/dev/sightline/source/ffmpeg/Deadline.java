package dev.sightline.source.ffmpeg;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/**
 * Ends FFmpeg's waiting, on the network above all, when time is up or the waiting thread is interrupted.
 *
 * <p>FFmpeg asks again and again whether to go on, in the thread that called it. One callback answers for all deadlines,
 * because JavaCPP makes ten of a kind at most; FFmpeg tells it which deadline is meant by a number in place of a pointer.
 */
final class Deadline implements AutoCloseable {
    private static final Map<Long, Deadline> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong LAST_ID = new AtomicLong();

    /** Held here for ever: FFmpeg's reference to it keeps nothing alive. */
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

    /** A deadline that has not begun to run. */
    Deadline() {
        OPEN.put(id, this);
    }

    /** Makes this deadline hold for all that is done with a format context from now on. */
    void watch(AVFormatContext context) {
        context.interrupt_callback().callback(CALLBACK).opaque(new Id(id));
    }

    /** Starts to run anew. */
    void start(Duration limit) {
        this.limit = limit;
        this.start = System.nanoTime();
    }

    /** How long it has run. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** How long it has still to run, at least a millisecond. */
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

    /** A number that travels through C as a pointer and is never followed. */
    private static final class Id extends Pointer {
        Id(long id) {
            address = id;
        }
    }
}
