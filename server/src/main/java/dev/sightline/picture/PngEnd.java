package dev.sightline.picture;

import java.nio.ByteBuffer;

/** The end of a PNG picture (ISO/IEC 15948, 5.3): its chunks are passed by their lengths, up to IEND. */
final class PngEnd implements PictureEnd {
    /** Signature, and of the chunk IHDR its length, type, width and height. */
    static final int AFTER_HEADER = 24;

    private static final int SIGNATURE = 8;
    private static final int IHDR = 0x49484452;
    private static final int IEND = 0x49454E44;
    /** Length, type and check sum. */
    private static final int CHUNK_FRAME = 12;

    private int at = SIGNATURE;

    /** An end not looked for yet. */
    PngEnd() {}

    @Override
    public int find(byte[] bytes, int limit) {
        ByteBuffer png = ByteBuffer.wrap(bytes, 0, limit);
        while (at + CHUNK_FRAME <= limit) {
            int length = png.getInt(at);
            int type = png.getInt(at + 4);
            if (length < 0 || at == SIGNATURE && type != IHDR) {
                return BROKEN;
            }
            long next = (long) at + CHUNK_FRAME + length;
            if (next > limit) {
                return NOT_YET;
            }
            at = (int) next;
            if (type == IEND) {
                return at;
            }
        }
        return NOT_YET;
    }

    @Override
    public int resume() {
        return at;
    }
}
