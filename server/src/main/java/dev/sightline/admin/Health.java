package dev.sightline.admin;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sightline.access.Access;
import dev.sightline.http.Need;
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
 * Whether the server runs: 200 as long as it answers. A missing camera does not make it unhealthy, since a restart would not
 * help; the counts show the streams' states.
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
     * The server's health.
     *
     * @param status always {@code up}
     * @param uptimeSeconds since the process started
     * @param streams how many streams are in each state
     */
    @JsonTypeName("Health")
    record Answer(String status, long uptimeSeconds, Map<StreamState, Integer> streams) {}
}
