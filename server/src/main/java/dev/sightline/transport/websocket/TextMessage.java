package dev.sightline.transport.websocket;

import dev.sightline.stream.StateJson;
import dev.sightline.stream.status.StreamStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What the server says in JSON text messages. */
final class TextMessage {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private TextMessage() {}

    /** {@code {type: "state", state, since, reason?}}: where the stream stands. */
    static String state(StreamStatus status) {
        return StateJson.of(status);
    }

    /** {@code {type: "error", detail}}: what the viewer said means nothing here. */
    static String error(String detail) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "error");
        members.put("detail", detail);
        return MAPPER.writeValueAsString(members);
    }
}
