package dev.sightline.transport.socketio;

import dev.sightline.transport.socketio.engine.Wire;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Encodes packets: JSON with a placeholder for each byte array, followed by these unchanged. */
final class PacketEncoder {
    /** No client accepts more in one packet. */
    static final int MAX_ATTACHMENTS = 10;

    private static final String ATTACHMENTS = "attachments";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(byte[].class, new ArraySerializer())
                    .addSerializer(ByteBuffer.class, new BufferSerializer()))
            .build();

    private PacketEncoder() {}

    /**
     * A packet ready to be sent; do not change its byte arrays afterwards.
     *
     * @throws IllegalArgumentException if it holds more than ten byte arrays, or what JSON cannot represent
     */
    static Wire encode(Packet packet) {
        List<ByteBuffer> attachments = new ArrayList<>();
        String json = packet.data() == null ? "" : json(packet.data(), attachments);
        if (attachments.size() > MAX_ATTACHMENTS) {
            throw new IllegalArgumentException(
                    "a packet takes at most " + MAX_ATTACHMENTS + " byte arrays, this holds " + attachments.size());
        }
        StringBuilder text = new StringBuilder(json.length() + 32).append(digit(packet.type(), !attachments.isEmpty()));
        if (!attachments.isEmpty()) {
            text.append(attachments.size()).append('-');
        }
        if (!packet.namespace().equals("/")) {
            text.append(packet.namespace()).append(',');
        }
        packet.id().ifPresent(text::append);
        return Wire.message(text.append(json).toString(), attachments);
    }

    private static String json(Object data, List<ByteBuffer> attachments) {
        try {
            return MAPPER.writer().withAttribute(ATTACHMENTS, attachments).writeValueAsString(data);
        } catch (tools.jackson.core.JacksonException e) {
            throw new IllegalArgumentException("JSON cannot represent this: " + e.getOriginalMessage(), e);
        }
    }

    private static int digit(Packet.Type type, boolean binary) {
        return switch (type) {
            case CONNECT -> 0;
            case DISCONNECT -> 1;
            case EVENT -> binary ? 5 : 2;
            case ACK -> binary ? 6 : 3;
            case CONNECT_ERROR -> 4;
        };
    }

    @SuppressWarnings("unchecked")
    private static void placeholder(ByteBuffer bytes, JsonGenerator json, SerializationContext context) {
        List<ByteBuffer> attachments = (List<ByteBuffer>) context.getAttribute(ATTACHMENTS);
        json.writeStartObject();
        json.writeBooleanProperty("_placeholder", true);
        json.writeNumberProperty("num", attachments.size());
        json.writeEndObject();
        attachments.add(bytes);
    }

    private static final class ArraySerializer extends StdSerializer<byte[]> {
        ArraySerializer() {
            super(byte[].class);
        }

        @Override
        public void serialize(byte[] value, JsonGenerator json, SerializationContext context) {
            placeholder(ByteBuffer.wrap(value), json, context);
        }
    }

    private static final class BufferSerializer extends StdSerializer<ByteBuffer> {
        BufferSerializer() {
            super(ByteBuffer.class);
        }

        @Override
        public void serialize(ByteBuffer value, JsonGenerator json, SerializationContext context) {
            placeholder(value.slice(), json, context);
        }
    }
}
