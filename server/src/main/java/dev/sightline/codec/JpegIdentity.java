package dev.sightline.codec;

import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.EncodedFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The identity in each of our JPEGs: a COM segment right after SOI (ITU-T T.81, B.2.4.5) with the text {@code sightline
 * {"seq":…,"captureTime":…}}, capture time in milliseconds since the Unix epoch with decimals.
 */
public final class JpegIdentity {
    private static final byte[] MARK = "sightline {".getBytes(StandardCharsets.US_ASCII);
    private static final int SOI_LENGTH = 2;
    private static final int COM = 0xFE;

    private JpegIdentity() {}

    /** Adds our identity to a JPEG frame from elsewhere; an existing identity is replaced. */
    public static EncodedFrame stamp(EncodedFrame frame) {
        return EncodedFrame.mjpeg(
                stamp(frame.data(), frame.seq(), frame.captureNanos()),
                frame.width(),
                frame.height(),
                frame.seq(),
                frame.captureNanos(),
                frame.metadata());
    }

    /** The bytes of the JPEG, from its SOI, with the identity inserted. */
    static byte[] stamp(ByteBuffer jpeg, long seq, long captureNanos) {
        if (jpeg.remaining() < SOI_LENGTH || jpeg.get(0) != (byte) 0xFF || jpeg.get(1) != (byte) 0xD8) {
            throw new CodecException("not a JPEG picture: it does not begin with SOI");
        }
        byte[] comment = comment(seq, captureNanos);
        int rest = SOI_LENGTH + lengthOfIdentity(jpeg);
        byte[] stamped = new byte[SOI_LENGTH + comment.length + jpeg.limit() - rest];
        stamped[0] = (byte) 0xFF;
        stamped[1] = (byte) 0xD8;
        System.arraycopy(comment, 0, stamped, SOI_LENGTH, comment.length);
        jpeg.get(rest, stamped, SOI_LENGTH + comment.length, jpeg.limit() - rest);
        return stamped;
    }

    private static byte[] comment(long seq, long captureNanos) {
        byte[] text = String.format(
                        Locale.ROOT,
                        "sightline {\"seq\":%d,\"captureTime\":%.3f}",
                        seq,
                        CaptureClock.toMillis(captureNanos))
                .getBytes(StandardCharsets.US_ASCII);
        int length = text.length + 2;
        return ByteBuffer.allocate(length + 2)
                .put((byte) 0xFF)
                .put((byte) COM)
                .putShort((short) length)
                .put(text)
                .array();
    }

    /** The length of an identity after SOI, including marker and length; 0 if there is none. */
    private static int lengthOfIdentity(ByteBuffer jpeg) {
        int text = SOI_LENGTH + 4;
        if (jpeg.limit() < text + MARK.length || jpeg.get(2) != (byte) 0xFF || jpeg.get(3) != (byte) COM) {
            return 0;
        }
        for (int i = 0; i < MARK.length; i++) {
            if (jpeg.get(text + i) != MARK[i]) {
                return 0;
            }
        }
        int length = (jpeg.getShort(4) & 0xFFFF) + 2;
        return SOI_LENGTH + length <= jpeg.limit() ? length : 0;
    }
}
