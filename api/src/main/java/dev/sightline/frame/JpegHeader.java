package dev.sightline.frame;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The size of a JPEG picture, read from its frame header without decoding anything (ITU-T T.81, sections B.1.1 and
 * B.2.2), so that a picture too large can be refused before memory is spent on it. It is the size that is shown: where Exif
 * says that the picture is to be turned by a quarter, as every browser does, width and height have changed places.
 *
 * @param width in pixels, 1 to 65535
 * @param height in pixels, 1 to 65535
 */
public record JpegHeader(int width, int height) {
    /** The most pixels a picture may have; whoever decodes refuses more. */
    public static final int MAX_PIXELS = 33_000_000;

    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP1 = 0xE1;

    /** Refuses a size that no JPEG can have. */
    public JpegHeader {
        if (width < 1 || width > 65_535 || height < 1 || height > 65_535) {
            throw new IllegalArgumentException("not the size of a JPEG: " + width + "x" + height);
        }
    }

    /** The header of a JPEG picture; empty if the bytes are not one, or end before it. */
    public static Optional<JpegHeader> of(byte[] jpeg) {
        return of(ByteBuffer.wrap(jpeg));
    }

    /** The header of the JPEG picture between position and limit, which do not move; empty if there is none. */
    public static Optional<JpegHeader> of(ByteBuffer jpeg) {
        ByteBuffer bytes = jpeg.slice();
        if (nextMarker(bytes) != SOI) {
            return Optional.empty();
        }
        boolean transposed = false;
        for (int marker = nextMarker(bytes); marker > 0; marker = nextMarker(bytes)) {
            if (marker == SOS || marker == EOI) {
                return Optional.empty();
            }
            if (startsFrame(marker)) {
                return frameHeader(bytes, transposed);
            }
            transposed |= marker == APP1 && ExifOrientation.isTransposed(segment(bytes));
            if (!standsAlone(marker) && !skipSegment(bytes)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Number of pixels. */
    public long pixels() {
        return (long) width * height;
    }

    /** Whether the picture has more than {@link #MAX_PIXELS}. */
    public boolean tooLarge() {
        return pixels() > MAX_PIXELS;
    }

    /** The marker at this place, 0x01 to 0xFE; -1 if there is none. */
    private static int nextMarker(ByteBuffer bytes) {
        if (bytes.remaining() < 2 || next(bytes) != 0xFF) {
            return -1;
        }
        int marker = next(bytes);
        while (marker == 0xFF && bytes.hasRemaining()) {
            marker = next(bytes);
        }
        return marker == 0xFF || marker == 0 ? -1 : marker;
    }

    /** SOF0 to SOF15, of which three numbers mean something else: DHT, JPG and DAC. */
    private static boolean startsFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    /** Markers without a length: TEM and RST0 to SOI. */
    private static boolean standsAlone(int marker) {
        return marker == 0x01 || (marker >= 0xD0 && marker <= SOI);
    }

    private static boolean skipSegment(ByteBuffer bytes) {
        if (bytes.remaining() < 2) {
            return false;
        }
        int length = nextShort(bytes) - 2;
        if (length < 0 || length > bytes.remaining()) {
            return false;
        }
        bytes.position(bytes.position() + length);
        return true;
    }

    /** What stands in the segment whose length comes next, as far as it is there; the place stays. */
    private static ByteBuffer segment(ByteBuffer bytes) {
        if (bytes.remaining() < 2) {
            return ByteBuffer.allocate(0);
        }
        int length = (bytes.getShort(bytes.position()) & 0xFFFF) - 2;
        int available = bytes.remaining() - 2;
        return bytes.slice(bytes.position() + 2, Math.max(0, Math.min(length, available)));
    }

    /** Length, precision, height, width; a height of 0 (told later by a DNL segment) is not supported by anybody. */
    private static Optional<JpegHeader> frameHeader(ByteBuffer bytes, boolean transposed) {
        if (bytes.remaining() < 7) {
            return Optional.empty();
        }
        bytes.position(bytes.position() + 3);
        int height = nextShort(bytes);
        int width = nextShort(bytes);
        if (height == 0 || width == 0) {
            return Optional.empty();
        }
        return Optional.of(transposed ? new JpegHeader(height, width) : new JpegHeader(width, height));
    }

    private static int next(ByteBuffer bytes) {
        return bytes.get() & 0xFF;
    }

    private static int nextShort(ByteBuffer bytes) {
        return next(bytes) << 8 | next(bytes);
    }
}
