package dev.sightline.picture;

import dev.sightline.picture.PictureKind.Size;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The end of a BMP picture (Windows' BITMAPFILEHEADER): its header says how long it is. */
final class BmpEnd implements PictureEnd {
    private static final int LENGTH_AT = 2;
    /** File header, and the shortest that may follow it, which is OS/2's. */
    private static final int HEADER_BYTES = 26;

    private static final int INFO_AT = 14;
    private static final int SHORT_INFO = 12;

    /** An end not looked for yet. */
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

    /** The size of a whole picture, in bytes of little endian; the height is negative where its first line is the uppermost. */
    static Optional<Size> size(ByteBuffer bmp) {
        if (bmp.limit() < HEADER_BYTES) {
            return Optional.empty();
        }
        return bmp.getInt(INFO_AT) == SHORT_INFO
                ? Size.of(bmp.getShort(18) & 0xFFFF, bmp.getShort(20) & 0xFFFF)
                : Size.of(bmp.getInt(18), Math.abs(bmp.getInt(22)));
    }
}
