package dev.sightline.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker of the pool: the process that does its work now, and the next one that will. All fields but {@code status} belong
 * to the pool's thread, onto which every call is passed.
 */
final class PooledWorker implements Worker, ChildProcess.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(PooledWorker.class);

    private final String name;
    private final WorkerPool pool;
    private final RestartPause pause = new RestartPause();
    private final Map<Death.Cause, Long> deaths = new EnumMap<>(Death.Cause.class);
    private @Nullable Tenant tenant;
    private Confinement confinement = Confinement.STRICT;
    private @Nullable ChildProcess current;
    private @Nullable ChildProcess next;
    private long starts;
    private long upNanos;
    private Instant since = Instant.now();
    private Optional<Death> lastDeath = Optional.empty();
    private boolean closed;
    private volatile WorkerStatus status;

    PooledWorker(String name, WorkerPool pool) {
        this.name = name;
        this.pool = pool;
        this.status = toStatus();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void use(Tenant user, Confinement wanted) {
        pool.execute(() -> {
            if (tenant != null) {
                throw new IllegalStateException("the worker '" + name + "' has a tenant");
            }
            tenant = user;
            confinement = wanted;
            seek();
        });
    }

    @Override
    public void confine(Confinement wanted) {
        pool.execute(() -> {
            confinement = wanted;
            ChildProcess coming = next;
            if (coming != null && !coming.suits(wanted)) {
                next = null;
                coming.end();
            }
            if (current == null || !current.suits(wanted)) {
                seek();
            }
        });
    }

    @Override
    public void kill(String stream, String reason) {
        pool.execute(() -> {
            if (current != null) {
                current.kill(Death.Cause.HANG, reason, stream);
            }
        });
    }

    @Override
    public void close() {
        // At once: who asks for the name next gets another worker.
        pool.forget(this);
        pool.execute(() -> {
            closed = true;
            pool.forgetCharges(this);
            if (next != null) {
                next.end();
                next = null;
            }
            if (current != null) {
                leave(current);
            }
            since = Instant.now();
            status = toStatus();
        });
    }

    @Override
    public WorkerStatus status() {
        return status;
    }

    boolean isUsed() {
        return tenant != null && !closed;
    }

    Confinement confinement() {
        return confinement;
    }

    Optional<Tenant> tenant() {
        return Optional.ofNullable(tenant);
    }

    void tick(long nowNanos) {
        if (next != null) {
            next.tick(nowNanos);
        }
        if (current != null) {
            current.tick(nowNanos);
        }
        status = toStatus();
    }

    /** Gets the next process, unless one is coming. */
    private void seek() {
        if (tenant == null || closed || next != null) {
            return;
        }
        Optional<ChildProcess> found = pool.take(confinement, this);
        if (found.isEmpty()) {
            again(pause.afterDeath(Duration.ZERO).plus(RestartPause.FIRST));
            return;
        }
        next = found.get();
        if (found.get().isReady()) {
            ready(found.get());
        }
    }

    private void again(Duration wait) {
        if (wait.isZero()) {
            seek();
        } else {
            LOG.warn("the worker '{}' is started again in {} ms", name, wait.toMillis());
            pool.after(wait, this::seek);
        }
    }

    @Override
    public void ready(ChildProcess child) {
        Tenant user = tenant;
        if (child != next || user == null) {
            return;
        }
        next = null;
        if (current != null) {
            leave(current);
        }
        current = child;
        starts++;
        upNanos = System.nanoTime();
        since = Instant.now();
        LOG.info("the worker '{}' is up in process {}", name, child.pid());
        status = toStatus();
        child.begin(name, user);
        pool.arrangeSpares();
    }

    /** Its process is ended, without being at fault. */
    private void leave(ChildProcess child) {
        current = null;
        child.end();
        down(new Death(Death.Cause.STOPPED, "it was stopped", Set.of()));
    }

    @Override
    public void died(ChildProcess child, Death death) {
        boolean coming = child == next;
        if (coming) {
            next = null;
        } else if (child == current) {
            current = null;
        } else {
            return;
        }
        LOG.warn("the worker '{}' {}: {}", name, coming ? "did not start" : "has died", death.reason());
        Duration life = coming ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - upNanos);
        down(death);
        pool.charge(death, this);
        again(pause.afterDeath(life));
    }

    private void down(Death death) {
        deaths.merge(death.cause(), 1L, Long::sum);
        lastDeath = Optional.of(death);
        since = Instant.now();
        status = toStatus();
        if (tenant != null) {
            tenant.down(death);
        }
    }

    private WorkerStatus toStatus() {
        ChildProcess child = current;
        WorkerStatus.State state = closed
                ? WorkerStatus.State.CLOSED
                : child == null ? WorkerStatus.State.STARTING : WorkerStatus.State.UP;
        return new WorkerStatus(
                name,
                state,
                since,
                child == null ? OptionalLong.empty() : OptionalLong.of(child.pid()),
                child == null ? OptionalLong.empty() : child.resident(),
                starts,
                deaths,
                lastDeath);
    }

    /** Ends what runs for it, at the end of the pool. */
    List<ChildProcess> children() {
        return Stream.of(Optional.ofNullable(current), Optional.ofNullable(next))
                .flatMap(Optional::stream)
                .toList();
    }
}
