package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.frame.CaptureClock;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tracks a stream's state from its reader's reports and the passing of time. Safe for use by any thread; the listener is called
 * outside the lock, by the thread that caused the change.
 */
final class StreamStateTracker {
    /** A stream without a new frame for this long is stale. */
    private static final long STALE_NANOS = 2_000_000_000L;
    /** For a slow source, it is this many of its usual intervals. */
    private static final int STALE_INTERVALS = 5;
    /** And twice the last interval, for a source that has just become slow. */
    private static final int STALE_LAST_INTERVALS = 2;
    /** Until a second frame gives the interval. */
    private static final long STALE_FIRST_NANOS = 5_000_000_000L;

    /** A source that is lost and back within this time shows no slate; two of its intervals, if these are longer. */
    private static final long LOST_NANOS = 1_500_000_000L;

    private static final int LOST_INTERVALS = 2;
    private static final double INTERVAL_WEIGHT = 0.1;

    private final CaptureClock clock;
    private final Runnable onChange;

    @GuardedBy("this")
    private StreamState state = StreamState.STARTING;

    @GuardedBy("this")
    private @Nullable String reason;

    @GuardedBy("this")
    private long since;

    @GuardedBy("this")
    private long arrivedSeq;

    @GuardedBy("this")
    private long lostSeq;

    @GuardedBy("this")
    private long lastArrival;
    /** When the source last waited until a frame was due. */
    @GuardedBy("this")
    private long lastRest;
    /** When the first frame since the last loss arrived. */
    @GuardedBy("this")
    private long firstArrival;

    @GuardedBy("this")
    private long lastShown;
    /** The usual time between two frames; 0 until it is known. */
    @GuardedBy("this")
    private double interval;
    /** The time between the last two frames. */
    @GuardedBy("this")
    private long lastInterval;
    /** Whether a frame has been shown since the source was opened. */
    @GuardedBy("this")
    private boolean measuring;
    /** Whether a frame was withheld since the last one was shown. */
    @GuardedBy("this")
    private boolean withheld;
    /** Whether frames arrived when the stream became stale, since the last one was shown. */
    @GuardedBy("this")
    private boolean heldUp;
    /** The same for the time between the last two frames. */
    @GuardedBy("this")
    private boolean heldUpBefore;
    /** Why the source was lost, while it may still be back in time. */
    @GuardedBy("this")
    private @Nullable String interruption;

    @GuardedBy("this")
    private long retries;

    @GuardedBy("this")
    private boolean opened;

    StreamStateTracker(CaptureClock clock, Runnable onChange) {
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

    /** By the reader: a frame came from the source. */
    synchronized void arrived(long seq) {
        lastArrival = clock.nanos();
        if (arrivedSeq <= lostSeq) {
            firstArrival = lastArrival;
        }
        arrivedSeq = seq;
    }

    /** The source waits until its next frame is due. */
    synchronized void resting() {
        lastRest = clock.nanos();
    }

    /** By the stream's thread: a frame has left the pipeline. A frame from before a loss does not count. */
    void shown(long seq) {
        boolean changed;
        synchronized (this) {
            if (seq <= lostSeq) {
                return;
            }
            measure(clock.nanos());
            interruption = null;
            changed = become(StreamState.LIVE, null);
        }
        tell(changed);
    }

    /** By the stream's thread: a frame was withheld. */
    synchronized void withheld() {
        withheld = true;
    }

    /**
     * The source was lost or could not be opened, and is retried. A live stream stays live for a while, so that a short loss
     * shows no slate.
     */
    void interrupted(String why) {
        boolean changed = false;
        synchronized (this) {
            lostSeq = arrivedSeq;
            if (state == StreamState.LIVE) {
                interruption = why;
            } else {
                changed = leave(StreamState.OFFLINE, why);
            }
        }
        tell(changed);
    }

    /** There is no sender. */
    void lost(String why) {
        boolean changed;
        synchronized (this) {
            lostSeq = arrivedSeq;
            changed = leave(StreamState.OFFLINE, why);
        }
        tell(changed);
    }

    /** The source has ended. */
    void ended() {
        boolean changed;
        synchronized (this) {
            lostSeq = arrivedSeq;
            changed = leave(StreamState.ENDED, null);
        }
        tell(changed);
    }

    /** The source was closed because nobody watches. */
    void idle() {
        boolean changed;
        synchronized (this) {
            opened = false;
            lostSeq = arrivedSeq;
            changed = leave(StreamState.IDLE, null);
        }
        tell(changed);
    }

    /**
     * Time has passed. A live stream without new frames becomes stale, or offline if its source was lost; one whose frames come
     * but never leave becomes stale. The reason may change during a state.
     *
     * @param standstill what blocks frames in the pipeline, if anything does
     */
    void check(Optional<String> standstill) {
        boolean changed = false;
        synchronized (this) {
            long now = clock.nanos();
            if (state == StreamState.LIVE) {
                changed = checkLive(now, standstill);
            } else if (state == StreamState.STALE) {
                changed = giveReason(whyStale(now, standstill));
            } else if (standstill.isPresent() && comesInVain(now)) {
                changed = become(StreamState.STALE, standstill.get());
            }
        }
        tell(changed);
    }

    @GuardedBy("this")
    private boolean checkLive(long now, Optional<String> standstill) {
        // A frame that stands still in the pipeline is late, whatever the source does.
        long quiet = now - (standstill.isEmpty() ? Math.max(lastShown, lastRest) : lastShown);
        if (interruption != null) {
            return quiet > lostLimit() && leave(StreamState.OFFLINE, interruption);
        }
        if (quiet <= staleLimit(standstill.isPresent())) {
            return false;
        }
        heldUp = !isSilent(now, standstill);
        return become(StreamState.STALE, whyStale(now, standstill));
    }

    @GuardedBy("this")
    private String whyStale(long now, Optional<String> standstill) {
        return isSilent(now, standstill)
                ? "the source is open but sends no new picture"
                : standstill.orElse("pictures arrive, but none leaves the processors");
    }

    @GuardedBy("this")
    private boolean isSilent(long now, Optional<String> standstill) {
        return now - Math.max(lastArrival, lastRest) > staleLimit(standstill.isPresent());
    }

    @GuardedBy("this")
    private double staleLimit(boolean standstill) {
        if (interval == 0) {
            return standstill ? STALE_NANOS : STALE_FIRST_NANOS;
        }
        return Math.max(STALE_NANOS, Math.max(STALE_INTERVALS * interval, STALE_LAST_INTERVALS * lastInterval));
    }

    @GuardedBy("this")
    private double lostLimit() {
        return Math.max(LOST_NANOS, LOST_INTERVALS * Math.max(interval, lastInterval));
    }

    @GuardedBy("this")
    private void measure(long now) {
        if (measuring && !isStandstill()) {
            lastInterval = now - lastShown;
            interval = interval == 0 ? lastInterval : interval + (lastInterval - interval) * INTERVAL_WEIGHT;
        }
        measuring = true;
        lastShown = now;
        heldUpBefore = heldUp;
        heldUp = false;
        withheld = false;
    }

    /** Whether the time since the last frame does not reflect the source's pace; a slow processor delays each frame. */
    @GuardedBy("this")
    private boolean isStandstill() {
        return withheld || heldUp && !heldUpBefore;
    }

    /** The source is gone; the next may have another interval. */
    @GuardedBy("this")
    private boolean leave(StreamState next, @Nullable String why) {
        interruption = null;
        measuring = false;
        interval = 0;
        lastInterval = 0;
        withheld = false;
        heldUp = false;
        heldUpBefore = false;
        return become(next, why);
    }

    /** All of it, for a source at this address. */
    synchronized StreamStatus.Signal status(String address) {
        return new StreamStatus.Signal(address, state, reason(), since(), lastPicture());
    }

    synchronized StreamState state() {
        return state;
    }

    synchronized Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** When this state began. */
    synchronized Instant since() {
        return StreamTime.instant(since);
    }

    /** When the last frame left the pipeline. */
    synchronized Optional<Instant> lastPicture() {
        return lastShown == 0 ? Optional.empty() : Optional.of(StreamTime.instant(lastShown));
    }

    /** How long the stream has been in this state. */
    synchronized long nanosInState() {
        return clock.nanos() - since;
    }

    synchronized long retries() {
        return retries;
    }

    /** Whether frames come from a source that was awaited, and none has left the pipeline yet. */
    @GuardedBy("this")
    private boolean comesInVain(long now) {
        boolean awaited = state == StreamState.STARTING || state == StreamState.OFFLINE;
        return awaited && arrivedSeq > lostSeq && now - firstArrival > STALE_NANOS && now - lastArrival <= STALE_NANOS;
    }

    @GuardedBy("this")
    private boolean giveReason(String why) {
        boolean changed = !why.equals(reason);
        reason = why;
        return changed;
    }

    @GuardedBy("this")
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
}
