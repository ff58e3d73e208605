package dev.sightline.stream;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Where a stream stands as JSON, the same on every wire. */
public final class StateJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private StateJson() {}

    /** {@code {type: "state", state, since, reason?}}; on one line. */
    public static String of(StreamStatus status) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "state");
        members.put("state", status.state().name());
        members.put("since", status.since().toString());
        status.reason().ifPresent(reason -> members.put("reason", reason));
        return MAPPER.writeValueAsString(members);
    }
}
