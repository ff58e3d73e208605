package dev.sightline.transport.websocket;

import dev.sightline.stream.StateJson;
import dev.sightline.stream.status.StreamStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The server's JSON text messages. */
final class TextMessage {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private TextMessage() {}

    /** {@code {type: "state", state, since, reason?}}: the stream's state. */
    static String state(StreamStatus status) {
        return StateJson.of(status);
    }

    /** {@code {type: "error", detail}}: the viewer's message has no meaning here. */
    static String error(String detail) {
        return MAPPER.writeValueAsString(members(detail));
    }

    /** {@code {type: "error", detail, status}}: the same with the corresponding HTTP status. */
    static String error(String detail, int status) {
        Map<String, Object> members = members(detail);
        members.put("status", status);
        return MAPPER.writeValueAsString(members);
    }

    private static Map<String, Object> members(String detail) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "error");
        members.put("detail", detail);
        return members;
    }
}
