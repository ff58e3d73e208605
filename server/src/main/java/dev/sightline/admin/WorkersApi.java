package dev.sightline.admin;

import dev.sightline.http.Need;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.openapi.Content;
import dev.sightline.http.openapi.Operation;
import dev.sightline.http.openapi.Operation.Answer;
import dev.sightline.worker.WorkerStatus;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The part of the control API that tells of worker processes, and lets streams back into them. */
public final class WorkersApi {
    private static final String WORKERS = "/api/workers";
    private static final String HELD = WORKERS + "/quarantine/{stream}";

    private final Supplier<List<WorkerStatus>> workers;
    private final Predicate<String> release;

    private WorkersApi(Supplier<List<WorkerStatus>> workers, Predicate<String> release) {
        this.workers = workers;
        this.release = release;
    }

    /**
     * Adds the addresses.
     *
     * @param release lets a stream out of quarantine; false if it is not in
     */
    public static void addTo(Routes routes, Supplier<List<WorkerStatus>> workers, Predicate<String> release) {
        WorkersApi api = new WorkersApi(workers, release);
        routes.get(
                        WORKERS,
                        Operation.of(Api.TAG, "listWorkers", "the worker processes that streams run in")
                                .answers(Content.listOf(WorkerStatus.class)),
                        request -> Api.fresh(Response.json(api.workers.get())))
                .needs(WORKERS, Need.admin());
        routes.delete(
                        HELD,
                        Operation.of(Api.TAG, "releaseStream", "lets a stream out of quarantine before its time")
                                .answers(204, Answer.empty("It is tried in its worker again."))
                                .refuses(404, "No stream of that name is in quarantine."),
                        api::release)
                .needs(HELD, Need.admin());
    }

    private Response release(Request request) {
        LocalOnly.check(request);
        String stream = request.parameter("stream");
        if (!release.test(stream)) {
            throw new ProblemException(Problem.of(404, "no stream '" + stream + "' is in quarantine"));
        }
        return Response.empty(204);
    }
}
