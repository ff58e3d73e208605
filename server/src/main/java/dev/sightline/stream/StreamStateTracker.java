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
final class StreamStateTracker implements StreamSignal {
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
    private final FramePace pace = new FramePace();
    /** Why the source was lost, while it may still be back in time. */
    @GuardedBy("this")
    private @Nullable String interruption;

    /**
     * Frames up to this one came from a source that is not the stream's any more. Written under the lock; read for every frame
     * and viewer, which need none.
     */
    private volatile long pastSeq;
    /** Whether the last frame that was shown is one of these. */
    @GuardedBy("this")
    private boolean ofPast;
    /** Whether the next report is told even if the state stays: what is shown of it is of the past. */
    @GuardedBy("this")
    private boolean tellAnyway;

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
            pace.shown(clock.nanos());
            ofPast = false;
            interruption = null;
            changed = become(StreamState.LIVE, null);
        }
        tell(changed);
    }

    /** By the stream's thread: a frame was withheld. */
    synchronized void withheld() {
        pace.withheld();
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

    /**
     * Frames come from another source from now on, or from senders; nothing comes from the last one any more.
     *
     * @param seq is above all numbers of its frames and slates, and below those of the next
     */
    synchronized void replaced(long seq) {
        lostSeq = arrivedSeq;
        pastSeq = seq;
        ofPast = true;
        tellAnyway = true;
    }

    @Override
    public long pastSeq() {
        return pastSeq;
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
        long quiet = now - (standstill.isEmpty() ? Math.max(pace.lastShown(), lastRest) : pace.lastShown());
        if (interruption != null) {
            return quiet > pace.lostLimit() && leave(StreamState.OFFLINE, interruption);
        }
        if (quiet <= pace.staleLimit(standstill.isPresent())) {
            return false;
        }
        pace.stale(!isSilent(now, standstill));
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
        return now - Math.max(lastArrival, lastRest) > pace.staleLimit(standstill.isPresent());
    }

    /** The source is gone; the next may have another interval. */
    @GuardedBy("this")
    private boolean leave(StreamState next, @Nullable String why) {
        interruption = null;
        pace.reset();
        return become(next, why);
    }

    @Override
    public synchronized StreamStatus.Signal status(String address) {
        return new StreamStatus.Signal(address, state, reason(), since(), lastPicture());
    }

    @Override
    public synchronized StreamState state() {
        return state;
    }

    @Override
    public synchronized Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public synchronized Instant since() {
        return StreamTime.instant(since);
    }

    @Override
    public synchronized Optional<Instant> lastPicture() {
        return pace.lastShown() == 0 || ofPast ? Optional.empty() : Optional.of(StreamTime.instant(pace.lastShown()));
    }

    @Override
    public synchronized long nanosInState() {
        return clock.nanos() - since;
    }

    @Override
    public synchronized long retries() {
        return retries;
    }

    /** Whether frames come from a source that was awaited, and none has left the pipeline yet. */
    @GuardedBy("this")
    private boolean comesInVain(long now) {
        boolean awaited = state == StreamState.STARTING || state == StreamState.OFFLINE;
        return awaited
                && arrivedSeq > lostSeq
                && now - firstArrival > FramePace.STALE_NANOS
                && now - lastArrival <= FramePace.STALE_NANOS;
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
        boolean told = state != next || tellAnyway;
        if (!told) {
            return false;
        }
        tellAnyway = false;
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
