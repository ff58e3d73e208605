package dev.sightline.source.ffmpeg;

import java.util.Arrays;
import java.util.Optional;

/** H.264 as a stream of bytes: NAL units with start codes between them (ITU-T H.264, Annex B). */
final class AnnexB {
    private static final int FIRST_OF_PICTURE = 1;

    /** A picture that decoding can start at. */
    private static final int IDR = 5;

    /** What must be known of a video before its first picture. */
    static final int SEQUENCE_PARAMETERS = 7;

    private AnnexB() {}

    /** The first NAL unit of a type, its header byte first; empty if there is none. */
    static Optional<byte[]> unit(byte[] stream, int type) {
        for (int at = afterStartCode(stream, 0); at < stream.length; at = afterStartCode(stream, at)) {
            if ((stream[at] & 0x1F) == type) {
                return Optional.of(Arrays.copyOfRange(stream, at, endOfUnit(stream, at)));
            }
        }
        return Optional.empty();
    }

    /** Whether decoding can start at an access unit: what comes before its first slice does not matter for that. */
    static boolean isKeyframe(byte[] accessUnit) {
        for (int at = afterStartCode(accessUnit, 0); at < accessUnit.length; at = afterStartCode(accessUnit, at)) {
            int type = accessUnit[at] & 0x1F;
            if (type >= FIRST_OF_PICTURE && type <= IDR) {
                return type == IDR;
            }
        }
        return false;
    }

    /** Both streams, one after the other. */
    static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    /** The place right after the next start code; the stream's length if there is none. */
    private static int afterStartCode(byte[] stream, int from) {
        for (int i = from; i + 3 < stream.length; i++) {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
                return i + 3;
            }
        }
        return stream.length;
    }

    private static int endOfUnit(byte[] stream, int from) {
        int next = afterStartCode(stream, from);
        return next == stream.length ? next : next - 3;
    }
}
