package dev.sightline.transport.input;

import dev.sightline.http.Need;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.InputSender;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.StreamRegistry;

/** Serves {@code POST /live/NAME/input}. */
public final class InputTransport {
    private static final int ACCEPTED = 202;

    private final StreamRegistry streams;
    private final InputRates rates = new InputRates(System::nanoTime);

    public InputTransport(StreamRegistry streams) {
        this.streams = streams;
    }

    public void addTo(Routes routes) {
        routes.route("POST", "/live/{name}/input", InputSender.MOST_CHARACTERS, this::take)
                .needs("/live/{name}/input", Need.watch("name"));
    }

    private Response take(Request request) throws RefusedException {
        NamedStream stream = streams.find(request.parameter("name"));
        if (!(stream instanceof LiveStream live)) {
            throw new RefusedException(
                    Reason.WRONG_KIND,
                    "'" + stream.name() + "' answers each sender alone: send input by the WebSocket or Socket.IO that"
                            + " sends the pictures");
        }
        try {
            new InputSender(() -> rates.take(request.client())).send(live, request.text());
        } catch (RefusedException e) {
            if (e.reason() == Reason.TOO_MANY) {
                throw new ProblemException(Problem.of(e)).withHeader("Retry-After", "1");
            }
            throw e;
        }
        return Response.empty(ACCEPTED);
    }
}
