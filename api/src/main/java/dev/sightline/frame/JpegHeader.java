package dev.sightline.frame;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The size of a JPEG image, read from its frame header (ITU-T T.81, sections B.1.1 and B.2.2) without decoding, so that an
 * oversized image is refused before memory is spent on it. It is the displayed size: where Exif turns the image by a quarter,
 * width and height are swapped, as in every browser.
 *
 * @param width in pixels, 1 to 65535
 * @param height in pixels, 1 to 65535
 */
public record JpegHeader(int width, int height) {
    /** The most pixels a frame may have; decoders refuse more. */
    public static final int MAX_PIXELS = 33_000_000;

    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP1 = 0xE1;

    /** Throws IllegalArgumentException if no JPEG can have this size. */
    public JpegHeader {
        if (width < 1 || width > 65_535 || height < 1 || height > 65_535) {
            throw new IllegalArgumentException("not the size of a JPEG: " + width + "x" + height);
        }
    }

    /** The header of a JPEG image; empty if the bytes are no JPEG or end before the header. */
    public static Optional<JpegHeader> of(byte[] jpeg) {
        return of(ByteBuffer.wrap(jpeg));
    }

    /** The header of the JPEG image between position and limit, which do not move; empty if there is none. */
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

    /** The number of pixels. */
    public long pixels() {
        return (long) width * height;
    }

    /** Whether the image has more than {@link #MAX_PIXELS}. */
    public boolean tooLarge() {
        return pixels() > MAX_PIXELS;
    }

    /** The marker at the current position, 0x01 to 0xFE; -1 if there is none. */
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

    /** Whether this is one of SOF0 to SOF15; three numbers among them mean something else: DHT, JPG and DAC. */
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

    /** The content of the segment whose length comes next, as far as it is there; the position does not move. */
    private static ByteBuffer segment(ByteBuffer bytes) {
        if (bytes.remaining() < 2) {
            return ByteBuffer.allocate(0);
        }
        int length = (bytes.getShort(bytes.position()) & 0xFFFF) - 2;
        int available = bytes.remaining() - 2;
        return bytes.slice(bytes.position() + 2, Math.max(0, Math.min(length, available)));
    }

    /**
     * Reads length, precision, height and width. A height of 0 (given later by a DNL segment) is refused: no common decoder
     * supports it.
     */
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
