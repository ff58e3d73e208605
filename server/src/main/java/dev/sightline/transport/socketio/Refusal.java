package dev.sightline.transport.socketio;

import dev.sightline.http.limits.Excerpt;
import dev.sightline.socketio.Ack;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why an event was not taken, as its sender is told: {@code {status, detail, event}} by the acknowledgement if one is asked
 * for, else by the event {@code refused}.
 *
 * @param status what it is called in HTTP
 */
record Refusal(int status, String detail) {
    static final int FORBIDDEN = 403;
    static final int UNKNOWN = 404;

    private static final int MOST_OF_NAME = 64;

    /** Nothing here takes events of that name; the hint says what is taken. */
    static Refusal unknown(String event, String hint) {
        return new Refusal(UNKNOWN, "nothing here takes the event '" + Excerpt.of(event, MOST_OF_NAME) + "'" + hint);
    }

    /** Tells the sender of the event. */
    void tell(ConnectedClient client, String event, Ack ack) {
        Map<String, Object> refusal = new LinkedHashMap<>();
        refusal.put("status", status);
        refusal.put("detail", detail);
        refusal.put("event", Excerpt.of(event, MOST_OF_NAME));
        if (ack.isWanted()) {
            ack.send(refusal);
        } else {
            client.emit("refused", refusal);
        }
    }
}
