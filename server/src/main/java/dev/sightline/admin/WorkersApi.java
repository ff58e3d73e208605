package dev.sightline.admin;

import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.openapi.Content;
import dev.sightline.http.openapi.Operation;
import dev.sightline.metrics.Family;
import dev.sightline.metrics.Metrics;
import dev.sightline.worker.WorkerStatus;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What is told of worker processes: {@code /api/workers}, and their metrics. */
public final class WorkersApi {
    private final Supplier<List<WorkerStatus>> workers;
    private final IntSupplier quarantined;

    /**
     * Takes who knows them.
     *
     * @param quarantined how many streams are in quarantine
     */
    public WorkersApi(Supplier<List<WorkerStatus>> workers, IntSupplier quarantined) {
        this.workers = workers;
        this.quarantined = quarantined;
    }

    /** Adds both. */
    public void addTo(Routes routes, Metrics metrics) {
        metrics.add(this::families);
        routes.get(
                "/api/workers",
                Operation.of(Api.TAG, "listWorkers", "the worker processes that streams run in")
                        .answers(Content.listOf(WorkerStatus.class)),
                request -> Api.fresh(Response.json(workers.get())));
    }

    List<Family> families() {
        Family up = Family.gauge("sightline_worker_up", "1 while a worker has a process that works, else 0.");
        Family starts = Family.counter("sightline_worker_starts", "Processes that a worker has had.");
        Family deaths = Family.counter("sightline_worker_deaths", "Processes of a worker that died, by cause.");
        Family memory = Family.gauge(
                "sightline_worker_resident_memory_bytes", "Memory that a worker's process holds, Java's and native.");
        for (WorkerStatus worker : workers.get()) {
            up.add(worker.state() == WorkerStatus.State.UP ? 1 : 0, "worker", worker.name());
            starts.add(worker.starts(), "worker", worker.name());
            worker.deaths()
                    .forEach((cause, count) -> deaths.add(
                            count,
                            "worker",
                            worker.name(),
                            "cause",
                            cause.name().toLowerCase(Locale.ROOT)));
            worker.residentBytes().ifPresent(bytes -> memory.add(bytes, "worker", worker.name()));
        }
        return List.of(
                up,
                starts,
                deaths,
                memory,
                Family.gauge("sightline_quarantined_streams", "Streams that killed their worker too often to be run.")
                        .add(quarantined.getAsInt()));
    }
}
