package dev.sightline.app;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.app.configuration.JudgedConfig;
import dev.sightline.app.worker.StreamWorker;
import dev.sightline.metrics.Family;
import dev.sightline.stream.RemoteWorker;
import dev.sightline.worker.Confinement;
import dev.sightline.worker.Death;
import dev.sightline.worker.OneShot;
import dev.sightline.worker.Tenant;
import dev.sightline.worker.WorkerPool;
import dev.sightline.worker.WorkerSettings;
import dev.sightline.worker.WorkerStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker processes that streams of the configuration name. None is started before a stream needs it. Any thread. */
final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final String WORKER = "worker";

    private final WorkerSettings settings;
    private final Set<Path> hidden;

    @GuardedBy("this")
    private final Map<String, RemoteWorker> used = new LinkedHashMap<>();

    /** Those whose process was asked for. */
    @GuardedBy("this")
    private final Set<String> started = new HashSet<>();

    @GuardedBy("this")
    private Map<String, Confinement> needs;

    @GuardedBy("this")
    private @Nullable WorkerPool pool;

    @GuardedBy("this")
    private boolean closed;

    /**
     * Creates the workers of a configuration; none runs yet.
     *
     * @param hidden files that none of them may see
     */
    Workers(JudgedConfig judged, Set<Path> hidden) {
        WorkerSettings defaults = WorkerSettings.DEFAULTS;
        long memory = (long) judged.config().workers().memory() << 20;
        this.settings = new WorkerSettings(memory, memory / 4, defaults.silence(), defaults.hang());
        this.hidden = hidden;
        this.needs = judged.workerNeeds();
    }

    /** Another configuration was applied: processes may need more, or are not needed any more. */
    synchronized void arrange(JudgedConfig judged) {
        needs = judged.workerNeeds();
        for (RemoteWorker worker : List.copyOf(used.values())) {
            Confinement need = needs.get(worker.name());
            if (need != null) {
                use(worker, need);
            } else {
                used.remove(worker.name());
                end(worker.name());
            }
        }
    }

    @GuardedBy("this")
    private void end(String name) {
        started.remove(name);
        Optional.ofNullable(pool).ifPresent(running -> running.worker(name).close());
    }

    @GuardedBy("this")
    private void use(RemoteWorker worker, Confinement need) {
        try {
            if (started.add(worker.name())) {
                pool().worker(worker.name()).use(worker, need);
            } else {
                pool().worker(worker.name()).confine(need);
            }
        } catch (IOException e) {
            LOG.warn("worker '{}' cannot be started: {}", worker.name(), e.getMessage());
            started.remove(worker.name());
            worker.down(new Death(Death.Cause.EXIT, String.valueOf(e.getMessage()), Set.of()));
        }
    }

    /** The worker of that name; its process is started now, or when it is known what that needs. */
    synchronized RemoteWorker worker(String name) {
        RemoteWorker present = used.get(name);
        if (present != null) {
            return present;
        }
        RemoteWorker made = new RemoteWorker(name);
        if (!closed) {
            used.put(name, made);
            Confinement need = needs.get(name);
            if (need != null) {
                use(made, need);
            }
        }
        return made;
    }

    /**
     * Starts a process that does one thing.
     *
     * @return ends it
     * @throws IOException if none can be started
     */
    synchronized Runnable once(OneShot shot, Tenant tenant) throws IOException {
        if (closed) {
            throw new IOException("the server ends");
        }
        return pool().once(shot, tenant);
    }

    @GuardedBy("this")
    private WorkerPool pool() throws IOException {
        WorkerPool made = pool;
        if (made == null) {
            made = WorkerLaunches.pool(settings, StreamWorker.class.getName(), hidden, true);
            pool = made;
        }
        return made;
    }

    /** Their metrics. */
    List<Family> figures() {
        Family up = Family.gauge("sightline_worker_up", "Whether the worker's process works.");
        Family memory = Family.gauge("sightline_worker_resident_bytes", "Memory the worker's process holds.");
        Family starts = Family.counter("sightline_worker_starts", "Processes that the worker has had.");
        Family deaths = Family.counter("sightline_worker_deaths", "Processes of the worker that died.");
        Family quarantined = Family.gauge("sightline_worker_quarantined_streams", "Streams kept out of their workers.");
        for (WorkerStatus worker : statuses()) {
            up.add(worker.state() == WorkerStatus.State.UP ? 1 : 0, WORKER, worker.name());
            worker.residentBytes().ifPresent(bytes -> memory.add(bytes, WORKER, worker.name()));
            starts.add(worker.starts(), WORKER, worker.name());
            add(worker.name(), worker.deaths(), deaths);
        }
        Family spares = Family.gauge("sightline_worker_ready_spares", "Processes that can take a dead worker's place.");
        Optional<WorkerPool> running = running();
        running.map(WorkerPool::oneShots).filter(probes -> probes.starts() > 0).ifPresent(probes -> {
            starts.add(probes.starts(), WORKER, ProbeProcesses.NAME);
            add(ProbeProcesses.NAME, probes.deaths(), deaths);
        });
        quarantined.add(running.map(WorkerPool::quarantined).map(Map::size).orElse(0));
        spares.add(running.map(WorkerPool::readySpares).orElse(0L));
        return List.of(up, memory, starts, deaths, quarantined, spares);
    }

    private static void add(String worker, Map<Death.Cause, Long> counts, Family deaths) {
        counts.forEach((cause, count) ->
                deaths.add(count, WORKER, worker, "cause", cause.name().toLowerCase(Locale.ROOT)));
    }

    private synchronized Optional<WorkerPool> running() {
        return Optional.ofNullable(pool);
    }

    /** Lets a stream out of quarantine before its time; false if it is not in. */
    synchronized boolean release(String stream) {
        return pool != null && pool.release(stream);
    }

    /** How they are. */
    synchronized List<WorkerStatus> statuses() {
        return Optional.ofNullable(pool).map(WorkerPool::statuses).orElse(List.of());
    }

    @Override
    public void close() {
        WorkerPool running;
        synchronized (this) {
            closed = true;
            running = pool;
        }
        if (running != null) {
            running.close();
        }
    }
}
