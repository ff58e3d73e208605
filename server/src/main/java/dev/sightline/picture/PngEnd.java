package dev.sightline.picture;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The end of a PNG picture (ISO/IEC 15948, 5.3): skips chunks by their lengths, up to IEND. */
final class PngEnd implements PictureEnd {
    /** The signature, and the length, type, width and height of the chunk IHDR. */
    static final int AFTER_HEADER = 24;

    private static final int SIGNATURE = 8;
    private static final int IHDR = 0x49484452;
    private static final int IEND = 0x49454E44;
    /** Length, type and checksum. */
    private static final int CHUNK_FRAME = 12;

    private static final int IDAT = 0x49444154;
    private static final int HEADER_BYTES = 13;
    /** For chunks without pixels. */
    private static final int MOST_CHUNKS = 1_000;
    /** The most bytes that a deflated byte can stand for (RFC 1951): the longest copy takes two bits. */
    private static final int MOST_INFLATION = 1_032;

    private int at = SIGNATURE;
    private int chunks;
    private long deflated;
    /** The memory of the pixels described by the header. */
    private long inflated;

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
            count(png, type, length);
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

    @Override
    public Optional<String> excess() {
        if (chunks > MOST_CHUNKS) {
            return Optional.of(chunks + " chunks: at most " + MOST_CHUNKS + " are taken");
        }
        return inflated > (deflated + 1) * MOST_INFLATION
                ? Optional.of(deflated + " bytes of pixels, which are too few for its size")
                : Optional.empty();
    }

    private void count(ByteBuffer png, int type, int length) {
        if (type == IDAT) {
            deflated += length;
            return;
        }
        chunks++;
        if (type == IHDR && length >= HEADER_BYTES) {
            int content = at + 8;
            long lineBits =
                    Math.max(0, png.getInt(content)) * (long) png.get(content + 8) * channels(png.get(content + 9));
            inflated = Math.max(0, png.getInt(content + 4)) * (lineBits / 8);
        }
    }

    private static int channels(int colorType) {
        return switch (colorType) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }
}
