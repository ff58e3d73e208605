package dev.sightline.transport.socketio;

import dev.sightline.transport.socketio.engine.MalformedPacketException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decodes the packets of one session. A packet is a text message, followed by as many binary messages as it announces. Every
 * limit is checked before memory is allocated. Used by one thread at a time.
 */
final class PacketDecoder {
    private static final int MAX_JSON_VALUES = 100_000;
    private static final int MAX_ID_DIGITS = 18;
    private static final int MAX_NAMESPACE = 256;
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");
    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxTokenCount(MAX_JSON_VALUES)
                    .maxNestingDepth(100)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build());

    private final int maxBytes;
    private @Nullable Packet incomplete;
    private int awaited;
    private final List<byte[]> attachments = new ArrayList<>();
    private long bytes;

    /** Takes the limit of a packet in bytes, including its attachments. */
    PacketDecoder(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes a text message; returns the packet if it is complete. */
    Optional<Packet> text(String message) throws MalformedPacketException {
        if (incomplete != null) {
            throw new MalformedPacketException("text where an attachment was to come");
        }
        Cursor cursor = new Cursor(message);
        int digit = cursor.next() - '0';
        boolean binary = digit == 5 || digit == 6;
        Packet.Type type = type(digit);
        int count = binary ? cursor.attachments() : 0;
        Packet packet = new Packet(type, cursor.namespace(), cursor.id(), json(cursor.rest()));
        check(packet);
        if (count == 0) {
            return Optional.of(packet);
        }
        incomplete = packet;
        awaited = count;
        bytes = message.length();
        return Optional.empty();
    }

    /** Takes a binary message; returns the packet if this was its last attachment. */
    Optional<Packet> binary(byte[] message) throws MalformedPacketException {
        Packet packet = incomplete;
        if (packet == null) {
            throw new MalformedPacketException("an attachment that belongs to nothing");
        }
        bytes += message.length;
        if (bytes > maxBytes) {
            throw new MalformedPacketException("a packet of more than " + maxBytes + " bytes");
        }
        attachments.add(message);
        if (attachments.size() < awaited) {
            return Optional.empty();
        }
        Object data = filled(packet.data());
        incomplete = null;
        attachments.clear();
        return Optional.of(new Packet(packet.type(), packet.namespace(), packet.id(), data));
    }

    private static Packet.Type type(int digit) throws MalformedPacketException {
        return switch (digit) {
            case 0 -> Packet.Type.CONNECT;
            case 1 -> Packet.Type.DISCONNECT;
            case 2, 5 -> Packet.Type.EVENT;
            case 3, 6 -> Packet.Type.ACK;
            default -> throw new MalformedPacketException("a packet of no known type");
        };
    }

    private static @Nullable Object json(String text) throws MalformedPacketException {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return MAPPER.readValue(text, Object.class);
        } catch (JacksonException e) {
            throw new MalformedPacketException("a packet whose data is not JSON, or has too many values");
        }
    }

    private static void check(Packet packet) throws MalformedPacketException {
        Object data = packet.data();
        boolean right = switch (packet.type()) {
            case CONNECT -> data == null || data instanceof Map;
            case DISCONNECT -> data == null;
            case EVENT -> data instanceof List<?> list && !list.isEmpty() && isEvent(list.get(0));
            case ACK -> data instanceof List && packet.id().isPresent();
            case CONNECT_ERROR -> false;
        };
        if (!right) {
            throw new MalformedPacketException("a packet " + packet.type() + " without what belongs to it");
        }
    }

    private static boolean isEvent(@Nullable Object name) {
        return name instanceof String text && !RESERVED.contains(text);
    }

    private @Nullable Object filled(@Nullable Object value) throws MalformedPacketException {
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>(list.size());
            for (Object item : list) {
                items.add(filled(item));
            }
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            return Boolean.TRUE.equals(map.get("_placeholder")) ? attachment(map.get("num")) : filled(map);
        }
        return value;
    }

    private Map<String, @Nullable Object> filled(Map<?, ?> map) throws MalformedPacketException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            members.put(String.valueOf(entry.getKey()), filled(entry.getValue()));
        }
        return members;
    }

    private byte[] attachment(@Nullable Object number) throws MalformedPacketException {
        if (number instanceof Integer index && index >= 0 && index < attachments.size()) {
            return attachments.get(index);
        }
        throw new MalformedPacketException("a placeholder for no attachment");
    }

    /** Reads the part before the JSON. */
    private static final class Cursor {
        private final String text;
        private int at;

        Cursor(String text) {
            this.text = text;
        }

        char next() {
            return at < text.length() ? text.charAt(at++) : ' ';
        }

        int attachments() throws MalformedPacketException {
            String digits = digits(3);
            if (digits.isEmpty() || next() != '-') {
                throw new MalformedPacketException("a binary packet without its number of attachments");
            }
            int count = Integer.parseInt(digits);
            if (count > PacketEncoder.MAX_ATTACHMENTS) {
                throw new MalformedPacketException(
                        "a packet of more than " + PacketEncoder.MAX_ATTACHMENTS + " attachments");
            }
            return count;
        }

        String namespace() throws MalformedPacketException {
            if (at == text.length() || text.charAt(at) != '/') {
                return "/";
            }
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            if (end - at > MAX_NAMESPACE) {
                throw new MalformedPacketException("a namespace of more than " + MAX_NAMESPACE + " characters");
            }
            String name = text.substring(at, end);
            at = Math.min(text.length(), end + 1);
            return name;
        }

        OptionalLong id() throws MalformedPacketException {
            String digits = digits(MAX_ID_DIGITS);
            return digits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
        }

        String rest() {
            return text.substring(at);
        }

        private String digits(int most) throws MalformedPacketException {
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
                if (at - start > most) {
                    throw new MalformedPacketException("a number of more than " + most + " digits");
                }
            }
            return text.substring(start, at);
        }
    }
}
