package dev.sightline.transport.socketio.engine;

import dev.sightline.http.Response;
import dev.sightline.http.StreamedResponse;

/** One long-polling HTTP request that awaits its answer; any thread may answer it. */
final class Poll {
    /** The answer to a POST. */
    static final Response OK = Response.text("ok").withHeader("Cache-Control", "no-store");

    private final StreamedResponse response;

    Poll(StreamedResponse response) {
        this.response = response;
    }

    /** The answer that holds a packet. */
    static Response packets(Wire wire) {
        return packets(wire.payload());
    }

    /** An answer with packets; the array is not changed. */
    static Response packets(byte[] payload) {
        return Response.bytes("text/plain; charset=UTF-8", payload).withHeader("Cache-Control", "no-store");
    }

    /** Answers, if the client is still there. */
    void answer(Response answer) {
        EventLoops.run(response.executor(), () -> response.respond(answer));
    }

    /** Runs an action if the client leaves before the answer; on the request's event loop. */
    void onLeft(Runnable action) {
        EventLoops.run(response.executor(), () -> response.onClose(action));
    }
}
