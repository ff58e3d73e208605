package dev.sightline.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker processes of a server: one per name that is in use, and a warm spare.
 *
 * <pre>
 *  WorkerPool ── PooledWorker 'network' ── ChildProcess ══ socket ══ WorkerProcess ── WorkerBody
 *      │         PooledWorker 'door'    ── ChildProcess ══ socket ══ …
 *      ├──────── Spares                 ── ChildProcess ══ socket ══ … (waits)
 *      └──────── OneShots               ── ChildProcess ══ socket ══ … (does one thing)
 * </pre>
 *
 * <p>One thread decides everything: what each process reports, a look at all of them ten times a second, and calls of others are
 * passed onto it. When a process dies, its worker takes the spare at once, and a new spare starts a second later.
 *
 * <p>Nothing is started before the first worker is used. All public methods may be called by any thread.
 */
public final class WorkerPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);
    private static final Duration CLOSE = Duration.ofMillis(1_500);

    private final WorkerLaunch launch;
    private final WorkerSettings settings;
    private final PoolThread thread = new PoolThread();
    private final Map<String, PooledWorker> workers = new ConcurrentHashMap<>();
    private final Quarantine quarantine = new Quarantine();
    private final Map<String, PooledWorker> held = new HashMap<>();
    private final Spares spares;
    private final OneShots oneShots = new OneShots();
    private @Nullable ChildStart start;
    private int started;
    private volatile Map<String, Duration> quarantined = Map.of();
    private volatile long readySpares;

    /** Creates the pool; {@link WorkerLaunch.Folders#runtime} must exist. */
    public WorkerPool(WorkerLaunch launch, WorkerSettings settings) {
        this.launch = launch;
        this.settings = settings;
        this.spares = new Spares(thread, this::inUse, this::startSpare);
        thread.every(Duration.ofNanos(ChildWatch.TICK_NANOS), this::tick);
    }

    /** The worker of that name, the same one until it is closed. */
    public Worker worker(String name) {
        return workers.computeIfAbsent(name, absent -> new PooledWorker(name, this));
    }

    /**
     * Starts a process that does one thing. It takes no spare, and none follows if it dies.
     *
     * @param tenant is told that it is up, then perhaps that it died; down without up means that it could not be started
     * @return ends it, after which nothing is told; must be called in any case
     */
    public Runnable once(OneShot shot, Tenant tenant) {
        execute(() -> oneShots.started(start(shot.confinement(), oneShots, Optional.of(shot.body())), shot, tenant));
        return () -> execute(() -> oneShots.end(tenant));
    }

    /** How the processes fared that do one thing each. */
    public OneShot.Counts oneShots() {
        return oneShots.counts();
    }

    /** How the workers are. */
    public List<WorkerStatus> statuses() {
        return workers.values().stream().map(PooledWorker::status).toList();
    }

    /** How many processes are ready to take the place of one that dies. */
    public long readySpares() {
        return readySpares;
    }

    /** The streams in quarantine, and how long they stay if nobody releases them. */
    public Map<String, Duration> quarantined() {
        return quarantined;
    }

    /** Lets a stream out of quarantine before its time, soon; false if it is not in. */
    public boolean release(String stream) {
        boolean held = quarantined.containsKey(stream);
        execute(() -> {
            if (quarantine.release(stream, System.nanoTime())) {
                quarantined = Map.copyOf(quarantine.held(System.nanoTime()));
                released(stream);
            }
        });
        return held;
    }

    /** Ends all processes; waits for that, at most for two seconds. */
    @Override
    public void close() {
        List<ChildProcess> children = new ArrayList<>();
        thread.call(() -> endAll(children), CLOSE);
        long deadline = System.nanoTime() + CLOSE.toNanos();
        children.forEach(child -> child.awaitExit(Math.max(0, deadline - System.nanoTime())));
        thread.close();
        PrivateFolders.delete(launch.folders().runtime());
    }

    private void endAll(List<ChildProcess> children) {
        workers.values().forEach(worker -> children.addAll(worker.children()));
        children.addAll(spares.children());
        children.addAll(oneShots.children());
        List.copyOf(workers.values()).forEach(Worker::close);
        children.forEach(ChildProcess::end);
    }

    /** Passes work onto the pool's thread. */
    void execute(Runnable work) {
        thread.execute(work);
    }

    void after(Duration wait, Runnable work) {
        thread.after(wait, work);
    }

    void forget(PooledWorker worker) {
        workers.remove(worker.name(), worker);
    }

    /** A worker is closed; its streams are charged no more, and its spare may be too much. */
    void forgetCharges(PooledWorker worker) {
        held.values().removeIf(worker::equals);
        spares.arrange();
    }

    /** A process for a worker: the spare, or a new one; empty if the system refuses. */
    Optional<ChildProcess> take(Confinement confinement, PooledWorker worker) {
        Optional<ChildProcess> spare = spares.take(confinement);
        spare.ifPresent(child -> child.belongsTo(worker));
        return spare.or(() -> start(confinement, worker, Optional.empty()));
    }

    void arrangeSpares() {
        spares.arrange();
    }

    /** Charges a death to the streams that were being worked on. */
    void charge(Death death, PooledWorker worker) {
        quarantine.charge(death.suspects(), System.nanoTime()).ifPresent(sentence -> {
            String reason = "the worker died while '" + sentence.stream() + "' was being worked on, too often: "
                    + death.reason();
            LOG.warn(
                    "'{}' is in quarantine for {} s: {}",
                    sentence.stream(),
                    sentence.length().toSeconds(),
                    reason);
            held.put(sentence.stream(), worker);
            quarantined = Map.copyOf(quarantine.held(System.nanoTime()));
            worker.tenant().ifPresent(tenant -> tenant.quarantined(sentence.stream(), reason, sentence.length()));
        });
    }

    private void tick() {
        long now = System.nanoTime();
        workers.values().forEach(worker -> worker.tick(now));
        spares.children().forEach(child -> child.tick(now));
        oneShots.tick(now);
        quarantine.released(now).forEach(this::released);
        quarantined = Map.copyOf(quarantine.held(now));
        readySpares = spares.ready();
    }

    private void released(String stream) {
        PooledWorker worker = held.remove(stream);
        if (worker != null) {
            LOG.info("'{}' is out of quarantine", stream);
            worker.tenant().ifPresent(tenant -> tenant.released(stream));
        }
    }

    private List<Confinement> inUse() {
        return workers.values().stream()
                .filter(PooledWorker::isUsed)
                .map(PooledWorker::confinement)
                .toList();
    }

    private Optional<ChildProcess> startSpare(Confinement confinement) {
        return start(confinement, spares, Optional.empty());
    }

    /** With a body of its own, or that of all workers. */
    private Optional<ChildProcess> start(Confinement confinement, ChildProcess.Owner owner, Optional<String> body) {
        try {
            ChildStart how = start;
            if (how == null) {
                how = new ChildStart(launch, settings, SandboxProbe.find(launch));
                start = how;
            }
            ChildStart wanted = body.map(how::of).orElse(how);
            return Optional.of(ChildProcess.start("worker-" + ++started, wanted, confinement, thread, owner));
        } catch (IOException e) {
            LOG.warn("a worker process cannot be started: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
