package dev.sightline.picture;

import dev.sightline.picture.PictureKind.Size;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The end of a WebP picture (RFC 9649, 2.3), by the length in its container. */
final class WebpEnd implements PictureEnd {
    private static final int LENGTH_AT = 4;
    private static final int LENGTH_FROM = 8;
    /** The container, the first chunk and its size fields. */
    private static final int HEADER_BYTES = 30;

    private static final int LOSSY = 0x20385056; // "VP8 "
    private static final int LOSSLESS = 0x4C385056; // "VP8L"
    private static final int EXTENDED = 0x58385056; // "VP8X"

    private static final int CHUNK_FRAME = 8;
    private static final int MOST_CHUNKS = 1_000;

    private int chunks;

    WebpEnd() {}

    @Override
    public int find(byte[] bytes, int limit) {
        ByteBuffer webp = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = webp.getInt(LENGTH_AT);
        if (length < HEADER_BYTES - LENGTH_FROM || length > Integer.MAX_VALUE - LENGTH_FROM) {
            return BROKEN;
        }
        if (length + LENGTH_FROM > limit) {
            return NOT_YET;
        }
        chunks = chunks(webp, length + LENGTH_FROM);
        return length + LENGTH_FROM;
    }

    @Override
    public int resume() {
        return LENGTH_FROM;
    }

    /** An animation has at least one chunk per frame. */
    @Override
    public Optional<String> excess() {
        return chunks > MOST_CHUNKS
                ? Optional.of(chunks + " chunks: at most " + MOST_CHUNKS + " are taken")
                : Optional.empty();
    }

    private static int chunks(ByteBuffer webp, int end) {
        int chunks = 0;
        // Each begins at an even offset.
        for (long at = LENGTH_FROM + 4; at + CHUNK_FRAME <= end; chunks++) {
            long length = webp.getInt((int) at + 4) & 0xFFFF_FFFFL;
            at += CHUNK_FRAME + length + (length & 1);
        }
        return chunks;
    }

    /** The size in a complete picture, in little endian. */
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
