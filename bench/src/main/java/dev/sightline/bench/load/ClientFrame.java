package dev.sightline.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** WebSocket frames as a client sends them: masked, each a whole message (RFC 6455 section 5.2). */
final class ClientFrame {
    /** The answer to a ping without content, which may also be sent unasked. */
    static final byte[] PONG = frame(0x8A, new byte[0], 0);

    /** A ping with one byte. */
    static final byte[] PING = frame(0x89, new byte[1], 0);

    private static final int LONGEST_HEAD = 14;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;

    private ClientFrame() {}

    /** A short text. */
    static byte[] text(String text) {
        return frame(FINAL | TEXT, text.getBytes(StandardCharsets.UTF_8), 0);
    }

    /** A picture, masked with a key as browsers choose them, so that the server has the work it has with them. */
    static byte[] binary(byte[] picture, int key) {
        return frame(FINAL | BINARY, picture, key);
    }

    /** A part of a binary message that goes on: its first one, or one that follows. */
    static byte[] fragment(boolean first, byte[] part) {
        return frame(first ? BINARY : 0, part, 0);
    }

    /** How a binary message of 65,536 bytes or more begins, before its first byte. */
    static byte[] binaryHead(int length) {
        return ByteBuffer.allocate(LONGEST_HEAD)
                .put((byte) (FINAL | BINARY))
                .put((byte) (MASKED | 127))
                .putLong(length)
                .putInt(0)
                .array();
    }

    private static byte[] frame(int first, byte[] payload, int key) {
        ByteBuffer frame = ByteBuffer.allocate(LONGEST_HEAD + payload.length);
        frame.put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(payload.length);
        }
        frame.putInt(key);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ key >>> 24 - i % 4 * 8));
        }
        byte[] bytes = new byte[frame.flip().remaining()];
        frame.get(bytes);
        return bytes;
    }
}
