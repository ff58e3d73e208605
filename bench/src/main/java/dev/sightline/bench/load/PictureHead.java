package dev.sightline.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The first bytes of a JPEG picture, which tell its capture time: the segment {@code sightline {"seq":…,"captureTime":…}}
 * stands right after SOI. Used by one thread.
 */
final class PictureHead {
    private static final byte[] KEY = "\"captureTime\":".getBytes(StandardCharsets.US_ASCII);

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

    /** Milliseconds since the Unix epoch, or NaN if the picture does not say. */
    double captureMillis() {
        for (int i = 0; i + KEY.length < length; i++) {
            if (isKey(i)) {
                return number(i + KEY.length);
            }
        }
        return Double.NaN;
    }

    private boolean isKey(int at) {
        for (int i = 0; i < KEY.length; i++) {
            if (bytes[at + i] != KEY[i]) {
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
