package dev.sightline.stream;

import dev.sightline.frame.CaptureClock;
import dev.sightline.stream.status.StreamState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream stands, as its reader tells it and as the time that passes tells it. Safe for use by any thread; the
 * listener is called outside the lock, by whoever brought the change about.
 */
final class StreamStateTracker {
    /** A stream that shows no new picture for this long is stale. */
    private static final long STALE_NANOS = 2_000_000_000L;
    /** A slow source has this many of its usual intervals instead. */
    private static final int STALE_INTERVALS = 5;
    /** And twice the interval before: one that has just become slow. */
    private static final int STALE_LAST_INTERVALS = 2;
    /** Until a second picture tells the interval. */
    private static final long STALE_FIRST_NANOS = 5_000_000_000L;

    /** A source that was lost and is back within this time shows no slate; two of its intervals, where these are longer. */
    private static final long LOST_NANOS = 1_500_000_000L;

    private static final int LOST_INTERVALS = 2;
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
    /** The usual time between two pictures; 0 until it is known. */
    private double interval;
    /** The time between the last two pictures. */
    private long lastInterval;
    /** Whether a picture has been shown since the source was opened. */
    private boolean measuring;
    /** Whether a picture was withheld since the last one was shown. */
    private boolean withheld;
    /** Whether pictures came when the stream became stale since the last one was shown. */
    private boolean heldUp;
    /** The same of the time between the last two pictures. */
    private boolean heldUpBefore;
    /** Why the source was lost, while it may still be back in time. */
    private @Nullable String interruption;

    private long retries;
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
            measure(clock.nanos());
            interruption = null;
            changed = become(StreamState.LIVE, null);
        }
        tell(changed);
    }

    /** By the stream's thread: a picture came through that nobody may see. */
    synchronized void withheld() {
        withheld = true;
    }

    /**
     * The source was lost or could not be opened, and is tried again: a live stream stays so for a while, so that a source
     * that is soon back shows no slate.
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

    /** There is nobody from whom a picture could come. */
    void lost(String why) {
        boolean changed;
        synchronized (this) {
            lostSeq = arrivedSeq;
            changed = leave(StreamState.OFFLINE, why);
        }
        tell(changed);
    }

    /** The source came to its end. */
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
     * Time has passed: a live stream without new pictures is stale, or offline where its source was lost, and one whose
     * pictures come and never leave is stale. Why it is may change while it is.
     *
     * @param standstill what holds pictures up in the pipeline, if anything does
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

    private boolean checkLive(long now, Optional<String> standstill) {
        long quiet = now - lastShown;
        if (interruption != null) {
            return quiet > lostLimit() && leave(StreamState.OFFLINE, interruption);
        }
        if (quiet <= staleLimit(standstill.isPresent())) {
            return false;
        }
        heldUp = !isSilent(now, standstill);
        return become(StreamState.STALE, whyStale(now, standstill));
    }

    private String whyStale(long now, Optional<String> standstill) {
        return isSilent(now, standstill)
                ? "the source is open but sends no new picture"
                : standstill.orElse("pictures arrive, but none leaves the processors");
    }

    private boolean isSilent(long now, Optional<String> standstill) {
        return now - lastArrival > staleLimit(standstill.isPresent());
    }

    private double staleLimit(boolean standstill) {
        if (interval == 0) {
            return standstill ? STALE_NANOS : STALE_FIRST_NANOS;
        }
        return Math.max(STALE_NANOS, Math.max(STALE_INTERVALS * interval, STALE_LAST_INTERVALS * lastInterval));
    }

    private double lostLimit() {
        return Math.max(LOST_NANOS, LOST_INTERVALS * Math.max(interval, lastInterval));
    }

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

    /** Whether the time since the last picture says nothing of the pace; a slow processor holds up one after another. */
    private boolean isStandstill() {
        return withheld || heldUp && !heldUpBefore;
    }

    /** The source is gone; the next may have another interval. */
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

    /** When the last picture left the pipeline. */
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

    /** Whether pictures come from a source that was awaited, and none of them has left the pipeline yet. */
    private boolean comesInVain(long now) {
        boolean awaited = state == StreamState.STARTING || state == StreamState.OFFLINE;
        return awaited && arrivedSeq > lostSeq && now - firstArrival > STALE_NANOS && now - lastArrival <= STALE_NANOS;
    }

    private boolean giveReason(String why) {
        boolean changed = !why.equals(reason);
        reason = why;
        return changed;
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
}
