package dev.sightline.admin;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sightline.access.Access;
import dev.sightline.http.Need;
import dev.sightline.http.Problem;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.openapi.Content;
import dev.sightline.http.openapi.Operation;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.StreamState;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;

/**
 * Whether the server runs. It is live as long as it answers: else a supervisor should start it again. It is ready until it begins to
 * stop: from then on a balancer should send viewers elsewhere. A missing camera changes neither, since a restart would not help; the
 * counts show the streams' states.
 */
final class Health {
    private final StreamRegistry streams;

    Health(StreamRegistry streams) {
        this.streams = streams;
    }

    void addTo(Routes routes) {
        routes.get(
                "/health",
                Operation.of(Api.TAG, "readHealth", "whether the server is up").answers(Content.json(Answer.class)),
                request -> Api.fresh(Response.json(now(request.access()))));
        routes.needs("/health", Need.nothing());
        routes.needs("/health/live", Need.nothing());
        routes.needs("/health/ready", Need.nothing());
        routes.get(
                "/health/live",
                Operation.of(Api.TAG, "readLiveness", "whether the server answers: if not, start it again")
                        .answers(Content.json(State.class)),
                request -> Api.fresh(Response.json(new State("up"))));
        routes.get(
                "/health/ready",
                Operation.of(Api.TAG, "readReadiness", "whether viewers may be sent here: 503 while the server stops")
                        .answers(Content.json(State.class)),
                request -> Api.fresh(ready()));
    }

    private Response ready() {
        return streams.isLeaving()
                ? Response.problem(Problem.of(503, "the server stops: go to another one, or come back later"))
                : Response.json(new State("ready"));
    }

    /** Of the streams that the one who asks may see. */
    private Answer now(Access access) {
        Map<StreamState, Integer> counts = new EnumMap<>(StreamState.class);
        for (StreamState state : StreamState.values()) {
            counts.put(state, 0);
        }
        streams.statuses(access).forEach(status -> counts.merge(status.state(), 1, Integer::sum));
        return new Answer("up", ManagementFactory.getRuntimeMXBean().getUptime() / 1_000, counts);
    }

    /**
     * One of its states.
     *
     * @param status {@code up} or {@code ready}
     */
    @JsonTypeName("HealthState")
    record State(String status) {}

    /**
     * The server's health.
     *
     * @param status always {@code up}
     * @param uptimeSeconds since the process started
     * @param streams how many streams are in each state
     */
    @JsonTypeName("Health")
    record Answer(String status, long uptimeSeconds, Map<StreamState, Integer> streams) {}
}
