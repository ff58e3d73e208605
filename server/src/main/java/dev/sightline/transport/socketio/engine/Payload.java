package dev.sightline.transport.socketio.engine;

import dev.sightline.codec.LenientBase64;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What one HTTP body of long-polling holds: packets with 0x1e between them, binary ones as {@code b} and base64. */
final class Payload {
    private Payload() {}

    /** Receives packets in order. */
    interface Receiver {
        /** A packet of text, its type before it. */
        void text(String packet) throws MalformedPacketException;

        /** A binary message. */
        void binary(byte[] message) throws MalformedPacketException;
    }

    /** Hands over the packets of a body, one after the other, until one is malformed. */
    static void read(byte[] body, Receiver receiver) throws MalformedPacketException {
        int start = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == Wire.SEPARATOR) {
                packet(body, start, i, receiver);
                start = i + 1;
            }
        }
    }

    /** A body of packets that are ready. */
    static byte[] join(List<byte[]> packets) {
        if (packets.size() == 1) {
            return packets.get(0);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            if (body.size() > 0) {
                body.write(Wire.SEPARATOR);
            }
            body.writeBytes(packet);
        }
        return body.toByteArray();
    }

    private static void packet(byte[] body, int start, int end, Receiver receiver) throws MalformedPacketException {
        if (start == end) {
            throw new MalformedPacketException("an empty packet");
        }
        if (body[start] == 'b') {
            receiver.binary(decoded(Arrays.copyOfRange(body, start + 1, end)));
        } else {
            receiver.text(new String(body, start, end - start, StandardCharsets.UTF_8));
        }
    }

    private static byte[] decoded(byte[] base64) throws MalformedPacketException {
        return LenientBase64.decode(base64)
                .orElseThrow(() -> new MalformedPacketException("a binary packet that is not base64"));
    }
}
