package dev.sightline.picture;

import dev.sightline.picture.PictureKind.Size;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The end of a BMP picture (Windows' BITMAPFILEHEADER), by the length in its header. */
final class BmpEnd implements PictureEnd {
    private static final int LENGTH_AT = 2;
    /** The file header, and the shortest header that may follow it, which is OS/2's. */
    private static final int HEADER_BYTES = 26;

    private static final int INFO_AT = 14;
    private static final int SHORT_INFO = 12;

    BmpEnd() {}

    @Override
    public int find(byte[] bytes, int limit) {
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(LENGTH_AT);
        if (length < HEADER_BYTES) {
            return BROKEN;
        }
        return length <= limit ? length : NOT_YET;
    }

    @Override
    public int resume() {
        return LENGTH_AT;
    }

    /** The size in a complete picture, in little endian; a negative height means that the first line is the top one. */
    static Optional<Size> size(ByteBuffer bmp) {
        if (bmp.limit() < HEADER_BYTES) {
            return Optional.empty();
        }
        return bmp.getInt(INFO_AT) == SHORT_INFO
                ? Size.of(bmp.getShort(18) & 0xFFFF, bmp.getShort(20) & 0xFFFF)
                : Size.of(bmp.getInt(18), Math.abs(bmp.getInt(22)));
    }
}
