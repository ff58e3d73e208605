package dev.sightline.codec;

import dev.sightline.frame.Codec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where a picture ends, read from its structure: what follows it is no part of it. Cameras pad with zeros, programs add a
 * newline, and phones a second picture (MPO) or a video.
 */
final class PictureEnd {
    private static final int NONE = -1;

    private static final int SOI_LENGTH = 2;
    private static final int EOI = 0xD9;

    private static final int PNG_SIGNATURE_LENGTH = 8;
    /** Length, type and checksum of a chunk. */
    private static final int CHUNK_FRAME = 12;

    private static final int IEND = 0x49454E44;
    private static final int RIFF_FRAME = 8;

    private PictureEnd() {}

    /** The number of bytes that the picture itself has; -1 if it is cut short. Its header was read before. */
    static int of(Codec codec, byte[] picture) {
        return switch (codec) {
            case MJPEG -> jpeg(picture);
            case PNG -> png(ByteBuffer.wrap(picture));
            default -> webp(picture);
        };
    }

    /** Most JPEGs end where their bytes do; else their segments and scans are walked (ITU-T T.81, B.1.1). */
    private static int jpeg(byte[] picture) {
        int length = picture.length;
        if (length >= SOI_LENGTH + 2 && picture[length - 2] == (byte) 0xFF && picture[length - 1] == (byte) EOI) {
            return length;
        }
        int at = SOI_LENGTH;
        while (at + 1 < length) {
            int marker = picture[at] == (byte) 0xFF ? picture[at + 1] & 0xFF : 0;
            if (marker == EOI) {
                return at + 2;
            }
            if (marker == 0 || marker == 0xFF) {
                at++; // data of a scan, or a fill byte
            } else if (standsAlone(marker)) {
                at += 2;
            } else if (at + 3 < length) {
                at += 2 + ((picture[at + 2] & 0xFF) << 8 | picture[at + 3] & 0xFF);
            } else {
                return NONE;
            }
        }
        return NONE;
    }

    /** Markers without a length: TEM and RST0 to SOI. */
    private static boolean standsAlone(int marker) {
        return marker == 0x01 || marker >= 0xD0 && marker <= 0xD8;
    }

    /** Chunk by chunk (ISO/IEC 15948, 5.3). */
    private static int png(ByteBuffer picture) {
        long at = PNG_SIGNATURE_LENGTH;
        while (at + CHUNK_FRAME <= picture.limit()) {
            int chunk = (int) at;
            at += CHUNK_FRAME + Integer.toUnsignedLong(picture.getInt(chunk));
            if (picture.getInt(chunk + 4) == IEND) {
                return at <= picture.limit() ? (int) at : NONE;
            }
        }
        return NONE;
    }

    /** As its first chunk says (RFC 9649, 2.4); the byte that makes the length even may be left out. */
    private static int webp(byte[] picture) {
        long length = RIFF_FRAME
                + Integer.toUnsignedLong(
                        ByteBuffer.wrap(picture).order(ByteOrder.LITTLE_ENDIAN).getInt(4));
        return length <= picture.length ? (int) length : NONE;
    }
}
