package dev.sightline.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The first bytes of a message. Those of a JPEG picture tell its identity: the segment
 * {@code sightline {"seq":…,"captureTime":…}} stands right after SOI. Used by one thread.
 */
final class PictureHead {
    private static final byte[] CAPTURE_TIME = "\"captureTime\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEQ = "\"seq\":".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes = new byte[96];
    private int length;

    /** Forgets the last picture. */
    void clear() {
        length = 0;
    }

    /** Copies what is still wanted of the next bytes of the picture; the buffer's position does not move. */
    void see(ByteBuffer buffer, int count) {
        int wanted = Math.min(bytes.length - length, count);
        if (wanted > 0) {
            buffer.get(buffer.position(), bytes, length, wanted);
            length += wanted;
        }
    }

    /** The byte at a place, as a character of ASCII; NUL behind the end. */
    char at(int index) {
        return index < length ? (char) (bytes[index] & 0x7F) : 0;
    }

    /** Milliseconds since the Unix epoch, or NaN if the picture does not say. */
    double captureMillis() {
        return numberBehind(CAPTURE_TIME);
    }

    /** The picture's number, or NaN if it does not say. */
    double seq() {
        return numberBehind(SEQ);
    }

    private double numberBehind(byte[] key) {
        for (int i = 0; i + key.length < length; i++) {
            if (isThere(key, i)) {
                return number(i + key.length);
            }
        }
        return Double.NaN;
    }

    private boolean isThere(byte[] key, int at) {
        for (int i = 0; i < key.length; i++) {
            if (bytes[at + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    private double number(int from) {
        double value = 0;
        double unit = 0;
        for (int i = from; i < length; i++) {
            if (bytes[i] == '.') {
                unit = 1;
            } else if (bytes[i] >= '0' && bytes[i] <= '9') {
                value = value * 10 + (bytes[i] - '0');
                unit *= 10;
            } else {
                return unit == 0 ? value : value / unit;
            }
        }
        return Double.NaN;
    }
}
