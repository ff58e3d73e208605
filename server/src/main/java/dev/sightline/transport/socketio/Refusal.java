package dev.sightline.transport.socketio;

import dev.sightline.refusal.Excerpt;
import dev.sightline.socketio.Ack;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why an event was refused, as its sender learns: {@code {status, detail, event}} in the acknowledgement if one is requested,
 * else in the event {@code refused}.
 *
 * @param status the corresponding HTTP status
 */
record Refusal(int status, String detail) {
    static final int FORBIDDEN = 403;
    static final int UNKNOWN = 404;

    private static final int MOST_OF_NAME = 64;

    /** Events of that name are not accepted here; the hint says what is. */
    static Refusal unknown(String event, String hint) {
        return new Refusal(UNKNOWN, "nothing here takes the event '" + Excerpt.of(event, MOST_OF_NAME) + "'" + hint);
    }

    /** Informs the sender of the event. */
    void tell(ConnectedClient client, String event, Ack ack) {
        if (ack.isWanted()) {
            ack.send(told(event));
        } else {
            tell(client, event);
        }
    }

    /** Informs somebody who sends such events, but waits for no answer. */
    void tell(ConnectedClient client, String event) {
        client.emit("refused", told(event));
    }

    private Map<String, Object> told(String event) {
        Map<String, Object> refusal = new LinkedHashMap<>();
        refusal.put("status", status);
        refusal.put("detail", detail);
        refusal.put("event", Excerpt.of(event, MOST_OF_NAME));
        return refusal;
    }
}
