package dev.sightline.admin;

import dev.sightline.http.Need;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.openapi.Content;
import dev.sightline.http.openapi.Operation;
import dev.sightline.worker.WorkerStatus;
import java.util.List;
import java.util.function.Supplier;

/** What the API tells of worker processes. */
public final class WorkersApi {
    private WorkersApi() {}

    /** Adds the address. */
    public static void addTo(Routes routes, Supplier<List<WorkerStatus>> workers) {
        routes.get(
                "/api/workers",
                Operation.of(Api.TAG, "listWorkers", "the worker processes that streams run in")
                        .answers(Content.listOf(WorkerStatus.class)),
                request -> Api.fresh(Response.json(workers.get())));
        routes.needs("/api/workers", Need.admin());
    }
}
