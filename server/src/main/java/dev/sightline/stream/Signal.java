package dev.sightline.stream;

import dev.sightline.frame.CaptureClock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream stands, as its reader tells it and as the time that passes tells it. Safe for use by any thread; the
 * listener is called outside the lock, by whoever brought the change about.
 */
final class Signal {
    private static final long STALE_NANOS = 2_000_000_000L;
    private static final int STALE_INTERVALS = 5;
    private static final double INTERVAL_WEIGHT = 0.1;

    private final CaptureClock clock;
    private final Runnable onChange;
    private StreamState state = StreamState.STARTING;
    private @Nullable String reason;
    private long since;
    private long arrivedSeq;
    private long lostSeq;
    private long lastArrival;
    /** Of the pictures since the last loss. */
    private long firstArrival;

    private long lastShown;
    private double interval;
    private long retries;
    private boolean opened;

    Signal(CaptureClock clock, Runnable onChange) {
        this.clock = clock;
        this.onChange = onChange;
        this.since = clock.nanos();
    }

    /** The source is about to be opened. */
    void opening() {
        boolean changed;
        synchronized (this) {
            if (opened) {
                retries++;
            }
            opened = true;
            changed = state == StreamState.IDLE && become(StreamState.STARTING, null);
        }
        tell(changed);
    }

    /** By the reader: a picture came from the source. */
    synchronized void arrived(long seq) {
        lastArrival = clock.nanos();
        if (arrivedSeq <= lostSeq) {
            firstArrival = lastArrival;
        }
        arrivedSeq = seq;
    }

    /** By the stream's thread: a picture has left the pipeline. One from before a loss says nothing of now. */
    void shown(long seq) {
        boolean changed;
        synchronized (this) {
            if (seq <= lostSeq) {
                return;
            }
            long now = clock.nanos();
            if (state == StreamState.LIVE) {
                double latest = now - lastShown;
                interval = interval == 0 ? latest : interval + (latest - interval) * INTERVAL_WEIGHT;
            }
            lastShown = now;
            changed = become(StreamState.LIVE, null);
        }
        tell(changed);
    }

    /** The source was lost or could not be opened. */
    void lost(String why) {
        boolean changed;
        synchronized (this) {
            lostSeq = arrivedSeq;
            changed = become(StreamState.OFFLINE, why);
        }
        tell(changed);
    }

    /** The source came to its end. */
    void ended() {
        boolean changed;
        synchronized (this) {
            lostSeq = arrivedSeq;
            changed = become(StreamState.ENDED, null);
        }
        tell(changed);
    }

    /** The source was closed because nobody watches. */
    void idle() {
        boolean changed;
        synchronized (this) {
            opened = false;
            lostSeq = arrivedSeq;
            changed = become(StreamState.IDLE, null);
        }
        tell(changed);
    }

    /**
     * Time has passed: a live stream without new pictures is stale, and so is one whose pictures come and never leave.
     *
     * @param standstill what holds pictures up in the pipeline, if anything does
     */
    void check(Optional<String> standstill) {
        boolean changed = false;
        synchronized (this) {
            long now = clock.nanos();
            double limit = Math.max(STALE_NANOS, STALE_INTERVALS * interval);
            if (state == StreamState.LIVE && now - lastShown > limit) {
                boolean silent = now - lastArrival > limit;
                changed = become(
                        StreamState.STALE,
                        silent
                                ? "the source is open but sends no new picture"
                                : standstill.orElse("pictures arrive, but none leaves the processors"));
            } else if (standstill.isPresent() && comesInVain(now, limit)) {
                changed = become(StreamState.STALE, standstill.get());
            }
        }
        tell(changed);
    }

    synchronized StreamState state() {
        return state;
    }

    synchronized Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** When this state began. */
    synchronized Instant since() {
        return instant(since);
    }

    /** When the last picture left the pipeline. */
    synchronized Optional<Instant> lastPicture() {
        return lastShown == 0 ? Optional.empty() : Optional.of(instant(lastShown));
    }

    /** How long the stream has been in this state. */
    synchronized long nanosInState() {
        return clock.nanos() - since;
    }

    synchronized long retries() {
        return retries;
    }

    /** Whether pictures come from a source that was awaited, and none of them has left the pipeline yet. */
    private boolean comesInVain(long now, double limit) {
        boolean awaited = state == StreamState.STARTING || state == StreamState.OFFLINE;
        return awaited && arrivedSeq > lostSeq && now - firstArrival > limit && now - lastArrival <= limit;
    }

    private boolean become(StreamState next, @Nullable String why) {
        reason = why;
        if (state == next) {
            return false;
        }
        state = next;
        since = clock.nanos();
        return true;
    }

    private void tell(boolean changed) {
        if (changed) {
            onChange.run();
        }
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L);
    }
}
