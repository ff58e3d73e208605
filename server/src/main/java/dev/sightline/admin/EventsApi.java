package dev.sightline.admin;

import dev.sightline.access.Access;
import dev.sightline.http.EventStream;
import dev.sightline.http.Headers;
import dev.sightline.http.Need;
import dev.sightline.http.Request;
import dev.sightline.http.Routes;
import dev.sightline.http.StreamedResponse;
import dev.sightline.http.openapi.Content;
import dev.sightline.http.openapi.Operation;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Serves {@code /api/events}: server-sent events for every change of the configuration and of a stream's state. */
final class EventsApi {
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final StreamRegistry streams;
    private final Configuration configuration;

    EventsApi(StreamRegistry streams, Configuration configuration) {
        this.streams = streams;
        this.configuration = configuration;
    }

    void addTo(Routes routes) {
        routes.streamed("/api/events", this::open);
        routes.describe(
                "GET",
                "/api/events",
                Operation.of(
                                Api.TAG,
                                "readEvents",
                                "every change, as server-sent events: applied, refused, state, missed")
                        .answers(Content.text("text/event-stream")));
        routes.needs("/api/events", Need.login());
    }

    private void open(Request request, StreamedResponse response) {
        if (request.method().equals("HEAD")) {
            response.begin(200, Headers.NONE.with("Content-Type", "text/event-stream"), () -> {});
            return;
        }
        EventStream events = EventStream.begin(response, RETRY);
        Access access = request.access();
        Runnable configured = configuration.onEvent(
                event -> told(event, access).ifPresent(known -> events.send(known.type(), known.data())));
        Runnable stated = streams.onState(status -> {
            if (access.sees(status.name())) {
                events.send("state", State.of(status));
            }
        });
        response.onClose(configured);
        response.onClose(stated);
    }

    /** What somebody may know of an event: names of streams that it may see, and nothing of what is wrong with a file. */
    private static Optional<Configuration.Event> told(Configuration.Event event, Access access) {
        if (access.isAdmin()) {
            return Optional.of(event);
        }
        if (!event.type().equals("applied")) {
            return Optional.empty();
        }
        Map<String, Object> data = new LinkedHashMap<>(event.data());
        data.replaceAll((key, value) -> value instanceof List<?> names
                ? names.stream()
                        .filter(name -> access.sees(String.valueOf(name)))
                        .toList()
                : value);
        return Optional.of(new Configuration.Event(event.type(), data));
    }

    /**
     * A stream's state has changed.
     *
     * @param name the stream's
     * @param state its new state
     * @param reason why it is not live
     * @param since when the state began
     */
    record State(String name, StreamState state, Optional<String> reason, Instant since) {
        static State of(StreamStatus status) {
            return new State(
                    status.name(),
                    status.state(),
                    status.reason(),
                    status.signal().since());
        }
    }
}
