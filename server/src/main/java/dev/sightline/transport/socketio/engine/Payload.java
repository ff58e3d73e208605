package dev.sightline.transport.socketio.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
            receiver.binary(decoded(ByteBuffer.wrap(body, start + 1, end - start - 1)));
        } else {
            receiver.text(new String(body, start, end - start, StandardCharsets.UTF_8));
        }
    }

    private static byte[] decoded(ByteBuffer base64) throws MalformedPacketException {
        try {
            ByteBuffer decoded = Base64.getDecoder().decode(base64);
            byte[] bytes = new byte[decoded.remaining()];
            decoded.get(bytes);
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new MalformedPacketException("a binary packet that is not base64");
        }
    }
}
