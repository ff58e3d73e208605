package dev.sightline.transport.socketio.engine;

import dev.sightline.http.ProblemException;
import dev.sightline.http.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** Engine.IO's errors: {@code {code, message}}, with the numbers that its clients know. */
enum EngineError {
    UNKNOWN_TRANSPORT(0, 400, "Transport unknown"),
    UNKNOWN_SESSION(1, 400, "Session ID unknown"),
    BAD_METHOD(2, 400, "Bad handshake method"),
    BAD_REQUEST(3, 400, "Bad request"),
    FORBIDDEN(4, 403, "Forbidden"),
    UNSUPPORTED_VERSION(5, 400, "Unsupported protocol version"),
    /** The protocol has no code for this; the status tells. */
    FULL(3, 503, "Bad request");

    private final int code;
    private final int status;
    private final String message;

    EngineError(int code, int status, String message) {
        this.code = code;
        this.status = status;
        this.message = message;
    }

    Response response() {
        return answer(message);
    }

    /** The answer with the actual problem. */
    Response response(String why) {
        return answer(message + ": " + why);
    }

    ProblemException exception() {
        return new ProblemException(message, response());
    }

    ProblemException exception(String why) {
        return new ProblemException(message + ": " + why, response(why));
    }

    private Response answer(String text) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", code);
        body.put("message", text);
        return Response.json(body).withStatus(status).withHeader("Cache-Control", "no-store");
    }
}
