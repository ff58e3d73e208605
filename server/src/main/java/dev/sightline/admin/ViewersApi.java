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
import dev.sightline.http.openapi.Operation.Parameter;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.PublisherStatus;
import dev.sightline.stream.status.ViewerStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of the control API that tells of viewers and publishers, and disconnects them. */
final class ViewersApi {
    private static final String VIEWERS = "/api/streams/{name}/viewers";
    private static final String PUBLISHER = "/api/streams/{name}/publisher";
    private static final int LISTED = 100;
    private static final int MOST_LISTED = 1_000;

    private static final Map<String, Object> LIMIT =
            Map.of("type", "integer", "minimum", 1, "maximum", MOST_LISTED, "default", LISTED);
    private static final Answer GONE = Answer.empty("It is disconnected.");

    private final StreamRegistry streams;

    ViewersApi(StreamRegistry streams) {
        this.streams = streams;
    }

    void addTo(Routes routes) {
        routes.get(
                VIEWERS,
                described("listViewers", "who watches it")
                        .with(new Parameter("query", "limit", "how many at most", LIMIT))
                        .answers(Content.listOf(ViewerStatus.class)),
                request -> Api.fresh(
                        Response.json(stream(request).viewers(request.query("limit", LISTED, 1, MOST_LISTED)))));
        routes.delete(
                VIEWERS + "/{id}",
                described("disconnectViewer", "disconnects a viewer").answers(204, GONE),
                this::disconnect);
        routes.get(
                PUBLISHER,
                described("readPublisher", "who sends to it").answers(Content.json(PublisherStatus.class)),
                request -> Api.fresh(Response.json(publisher(request))));
        routes.delete(
                PUBLISHER,
                described("disconnectPublisher", "disconnects who sends to it").answers(204, GONE),
                this::disconnectPublisher);
        for (String path : List.of(VIEWERS, VIEWERS + "/{id}", PUBLISHER)) {
            routes.needs(path, Need.control("name"));
        }
    }

    private static Operation described(String id, String summary) {
        return Operation.of("viewers", id, summary).refuses(404, "There is no such stream, or nobody like that.");
    }

    private Response disconnect(Request request) throws RefusedException {
        LocalOnly.check(request);
        if (!stream(request).disconnect(request.parameter("id"))) {
            throw absent("stream '" + request.parameter("name") + "' has no such viewer");
        }
        return Response.empty(204);
    }

    private PublisherStatus publisher(Request request) throws RefusedException {
        NamedStream stream = stream(request);
        Optional<PublisherStatus> publisher = stream instanceof LiveStream live ? live.publisher() : Optional.empty();
        return publisher.orElseThrow(() -> noPublisher(request));
    }

    private Response disconnectPublisher(Request request) throws RefusedException {
        LocalOnly.check(request);
        if (!(stream(request) instanceof LiveStream live && live.disconnectPublisher())) {
            throw noPublisher(request);
        }
        return Response.empty(204);
    }

    private NamedStream stream(Request request) throws RefusedException {
        return streams.find(request.parameter("name"));
    }

    private static ProblemException noPublisher(Request request) {
        return absent("nobody sends to stream '" + request.parameter("name") + "' now");
    }

    private static ProblemException absent(String detail) {
        return new ProblemException(Problem.of(404, detail));
    }
}
