package dev.sightline.stream;

import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.stream.status.StreamStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A stream's state as JSON, the same on every wire. */
public final class StateJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private StateJson() {}

    /**
     * {@code {type: "state", state, since, reason?, lastPicture?, processors?}} on one line. {@code processors} lists those
     * that fail: {@code [{name, state, reason}]}.
     */
    public static String of(StreamStatus status) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "state");
        members.put("state", status.state().name());
        members.put("since", status.signal().since().toString());
        status.reason().ifPresent(reason -> members.put("reason", reason));
        status.signal().lastPicture().ifPresent(moment -> members.put("lastPicture", moment.toString()));
        List<Map<String, String>> troubled = status.processing().processors().stream()
                .filter(ProcessorStatus::inTrouble)
                .map(step -> Map.of(
                        "name",
                        step.name(),
                        "state",
                        step.state().name(),
                        "reason",
                        step.reason().orElse("")))
                .toList();
        if (!troubled.isEmpty()) {
            members.put("processors", troubled);
        }
        return MAPPER.writeValueAsString(members);
    }
}
