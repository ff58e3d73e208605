package dev.sightline.transport.input;

import dev.sightline.http.Need;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.LatencyReports;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamRegistry;

/** Serves {@code POST /live/NAME/latency}: a viewer tells how old the frames on its screen are. */
public final class LatencyTransport {
    private static final int ACCEPTED = 202;
    private static final String PAUSE = Long.toString(LatencyReports.PAUSE.toSeconds());

    private final StreamRegistry streams;

    public LatencyTransport(StreamRegistry streams) {
        this.streams = streams;
    }

    public void addTo(Routes routes) {
        routes.route("POST", "/live/{name}/latency", LatencyReports.MOST_CHARACTERS, this::take)
                .needs("/live/{name}/latency", Need.watch("name"));
    }

    private Response take(Request request) throws RefusedException {
        try {
            LiveStream stream = streams.watchable(request.parameter("name"));
            LatencyReports.take(stream, request.query("viewer").orElse(""), request.text());
        } catch (RefusedException e) {
            if (e.reason() == Reason.TOO_MANY) {
                throw new ProblemException(Problem.of(e)).withHeader("Retry-After", PAUSE);
            }
            throw e;
        }
        return Response.empty(ACCEPTED);
    }
}
