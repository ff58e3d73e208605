package dev.sightline.transport.socketio.engine;

import dev.sightline.codec.LenientBase64;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The content of one long-polling HTTP body: packets separated by 0x1e, binary ones as {@code b} and base64. */
final class Payload {
    /** Far more than a client needs to send at once. */
    static final int MOST_PACKETS = 10_000;

    private final byte[] body;
    private int start;
    private int packets;

    /** Creates one for a body of which nothing was taken yet. */
    Payload(byte[] body) {
        this.body = body;
    }

    /** Receives packets in order. */
    interface Receiver {
        /** A text packet that begins with its type. */
        void text(String packet) throws MalformedPacketException;

        void binary(byte[] message) throws MalformedPacketException;
    }

    /** Whether there is another packet: an empty body has one, which is malformed. */
    boolean hasNext() {
        return start <= body.length;
    }

    /** The total number of bytes. */
    int length() {
        return body.length;
    }

    /** The number of bytes taken so far. */
    int taken() {
        return start;
    }

    /**
     * Hands over the next packet.
     *
     * @throws MalformedPacketException if it is malformed, or one too many
     */
    void next(Receiver receiver) throws MalformedPacketException {
        packets++;
        if (packets > MOST_PACKETS) {
            throw new MalformedPacketException("a payload of more than " + MOST_PACKETS + " packets");
        }
        int begin = start;
        int end = begin;
        while (end < body.length && body[end] != Wire.SEPARATOR) {
            end++;
        }
        start = end + 1;
        packet(body, begin, end, receiver);
    }

    /** Joins encoded packets to a body. */
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
