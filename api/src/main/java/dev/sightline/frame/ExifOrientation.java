package dev.sightline.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the orientation in the Exif segment of a JPEG (CIPA DC-008, sections 4.5.2 and 4.6.4). */
final class ExifOrientation {
    private static final long IDENTIFIER = 0x457869660000L;
    private static final int IDENTIFIER_LENGTH = 6;
    private static final int ENTRY_LENGTH = 12;
    private static final int LITTLE_ENDIAN = 0x4949;
    private static final int ORIENTATION = 0x112;
    /** From this value on, width and height are swapped. */
    private static final int TRANSPOSED = 5;

    private static final int LAST = 8;

    private ExifOrientation() {}

    /** Whether this content of an APP1 segment swaps width and height. */
    static boolean isTransposed(ByteBuffer segment) {
        if (segment.remaining() < IDENTIFIER_LENGTH + Long.BYTES || segment.getLong(0) >>> 16 != IDENTIFIER) {
            return false;
        }
        ByteBuffer tiff = segment.position(IDENTIFIER_LENGTH).slice();
        tiff.order(tiff.getShort(0) == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        try {
            return isTransposed(tiff, tiff.getInt(4));
        } catch (IndexOutOfBoundsException cutShort) {
            return false;
        }
    }

    private static boolean isTransposed(ByteBuffer tiff, int directory) {
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY_LENGTH;
            if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION) {
                int value = tiff.getShort(entry + 8);
                return value >= TRANSPOSED && value <= LAST;
            }
        }
        return false;
    }
}
