package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.frame.CaptureClock;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a stream in a worker stands: what the worker said last, or that it has died. Safe for use by any thread; the listener is
 * called outside the lock, by the thread that caused the change.
 */
final class RemoteSignal implements StreamSignal {
    private final CaptureClock clock;
    private final Runnable onChange;

    @GuardedBy("this")
    private StreamStatus.Signal said;

    @GuardedBy("this")
    private long changedNanos;

    @GuardedBy("this")
    private long retries;

    /** Written under the lock; read for every frame and viewer, which need none. */
    private volatile long pastSeq;

    RemoteSignal(CaptureClock clock, Runnable onChange) {
        this.clock = clock;
        this.onChange = onChange;
        this.changedNanos = clock.nanos();
        this.said = new StreamStatus.Signal(
                "", StreamState.STARTING, Optional.empty(), StreamTime.instant(changedNanos), Optional.empty());
    }

    /** The worker says where the stream stands. */
    void report(StreamStatus.Signal now, long past, long retriesNow) {
        boolean changed;
        synchronized (this) {
            retries = retriesNow;
            boolean other = past > pastSeq;
            pastSeq = Math.max(past, pastSeq);
            Optional<Instant> last = now.lastPicture().or(() -> other ? Optional.empty() : said.lastPicture());
            changed = become(now.state(), now.reason(), now.since(), last) || other;
        }
        tell(changed);
    }

    /** Nothing comes from the worker. */
    void lost(String why) {
        boolean changed;
        synchronized (this) {
            Instant now = StreamTime.instant(clock.nanos());
            Instant since = said.state() == StreamState.OFFLINE ? said.since() : now;
            changed = become(StreamState.OFFLINE, Optional.of(why), since, said.lastPicture());
        }
        tell(changed);
    }

    @GuardedBy("this")
    private boolean become(StreamState state, Optional<String> reason, Instant since, Optional<Instant> last) {
        boolean otherState = state != said.state();
        boolean changed = otherState || !Objects.equals(reason, said.reason());
        changedNanos = otherState ? clock.nanos() : changedNanos;
        said = new StreamStatus.Signal("", state, reason, since, last);
        return changed;
    }

    private void tell(boolean changed) {
        if (changed) {
            onChange.run();
        }
    }

    @Override
    public synchronized StreamState state() {
        return said.state();
    }

    @Override
    public synchronized Optional<String> reason() {
        return said.reason();
    }

    @Override
    public synchronized Instant since() {
        return said.since();
    }

    @Override
    public synchronized Optional<Instant> lastPicture() {
        return said.lastPicture();
    }

    @Override
    public synchronized long nanosInState() {
        return clock.nanos() - changedNanos;
    }

    @Override
    public synchronized long retries() {
        return retries;
    }

    @Override
    public long pastSeq() {
        return pastSeq;
    }

    @Override
    public synchronized StreamStatus.Signal status(String address) {
        return StreamSignal.super.status(address);
    }
}
