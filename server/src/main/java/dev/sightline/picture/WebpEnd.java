package dev.sightline.picture;

import dev.sightline.picture.PictureKind.Size;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The end of a WebP picture (RFC 9649, 2.3): its container says how long it is. */
final class WebpEnd implements PictureEnd {
    private static final int LENGTH_AT = 4;
    private static final int LENGTH_FROM = 8;
    /** Container, first chunk and what it says of the size. */
    private static final int HEADER_BYTES = 30;

    private static final int LOSSY = 0x20385056; // "VP8 "
    private static final int LOSSLESS = 0x4C385056; // "VP8L"
    private static final int EXTENDED = 0x58385056; // "VP8X"

    /** An end not looked for yet. */
    WebpEnd() {}

    @Override
    public int find(byte[] bytes, int limit) {
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(LENGTH_AT);
        if (length < HEADER_BYTES - LENGTH_FROM || length > Integer.MAX_VALUE - LENGTH_FROM) {
            return BROKEN;
        }
        return length + LENGTH_FROM <= limit ? length + LENGTH_FROM : NOT_YET;
    }

    @Override
    public int resume() {
        return LENGTH_FROM;
    }

    /** The size of a whole picture, in bytes of little endian. */
    static Optional<Size> size(ByteBuffer webp) {
        if (webp.limit() < HEADER_BYTES) {
            return Optional.empty();
        }
        return switch (webp.getInt(12)) {
            case LOSSY -> Size.of(webp.getShort(26) & 0x3FFF, webp.getShort(28) & 0x3FFF);
            case LOSSLESS -> {
                int packed = webp.getInt(21);
                yield Size.of((packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1);
            }
            case EXTENDED -> Size.of((webp.getInt(24) & 0xFFFFFF) + 1, (webp.getInt(26) >>> 8) + 1);
            default -> Optional.empty();
        };
    }
}
