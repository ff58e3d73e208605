package dev.sightline.stream.wire;

import dev.sightline.worker.Message;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads the JSON of messages. */
final class WireJson {
    private static final byte[] NOTHING = {};
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private WireJson() {}

    /** A message that consists of one value. */
    static Message message(String kind, Object value) {
        return message(kind, value, NOTHING);
    }

    /** The same with a body. */
    static Message message(String kind, Object value, byte[] body) {
        return new Message(kind, MAPPER.writeValueAsBytes(value), body);
    }

    /**
     * The value of a message.
     *
     * @throws IllegalArgumentException if it is none
     */
    static <T> T read(Message message, Class<T> type) {
        try {
            T value = MAPPER.readValue(message.json(), type);
            if (value != null) {
                return value;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("'" + message.kind() + "' cannot be read: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("'" + message.kind() + "' says nothing");
    }
}
