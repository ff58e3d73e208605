package dev.sightline.picture;

import dev.sightline.frame.Codec;
import dev.sightline.frame.JpegHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The accepted kinds of still pictures, recognized by their first bytes. */
public enum PictureKind {
    /** ITU-T T.81. */
    JPEG(Codec.MJPEG, new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}, 0) {
        @Override
        public PictureEnd end() {
            return new JpegEnd();
        }

        @Override
        public Optional<Size> size(byte[] picture) {
            return JpegHeader.of(picture).map(header -> new Size(header.width(), header.height()));
        }
    },

    /** ISO/IEC 15948. */
    PNG(Codec.PNG, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}, 0) {
        @Override
        public PictureEnd end() {
            return new PngEnd();
        }

        @Override
        public Optional<Size> size(byte[] picture) {
            ByteBuffer bytes = ByteBuffer.wrap(picture);
            return picture.length < PngEnd.AFTER_HEADER
                    ? Optional.empty()
                    : Size.of(bytes.getInt(16), bytes.getInt(20));
        }
    },

    /** RFC 9649: {@code RIFF}, four bytes of length, {@code WEBP}. */
    WEBP(Codec.WEBP, "RIFF\0\0\0\0WEBP".getBytes(StandardCharsets.US_ASCII), 4) {
        @Override
        public PictureEnd end() {
            return new WebpEnd();
        }

        @Override
        public Optional<Size> size(byte[] picture) {
            return WebpEnd.size(ByteBuffer.wrap(picture).order(ByteOrder.LITTLE_ENDIAN));
        }
    },

    /** {@code BM}, four bytes of length, four that are 0. */
    BMP(Codec.BMP, "BM\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII), 2) {
        @Override
        public PictureEnd end() {
            return new BmpEnd();
        }

        @Override
        public Optional<Size> size(byte[] picture) {
            return BmpEnd.size(ByteBuffer.wrap(picture).order(ByteOrder.LITTLE_ENDIAN));
        }
    },

    /** {@code GIF87a} or {@code GIF89a}; of several frames, the first is used. */
    GIF(Codec.GIF, "GIF8".getBytes(StandardCharsets.US_ASCII), 0) {
        @Override
        public PictureEnd end() {
            return new GifEnd();
        }

        @Override
        public Optional<Size> size(byte[] picture) {
            ByteBuffer bytes = ByteBuffer.wrap(picture).order(ByteOrder.LITTLE_ENDIAN);
            return picture.length < GifEnd.HEADER_BYTES
                    ? Optional.empty()
                    : Size.of(bytes.getShort(6) & 0xFFFF, bytes.getShort(8) & 0xFFFF);
        }
    };

    /** This many bytes are enough to recognize a picture. */
    public static final int LONGEST_MARK = 12;

    private static final PictureKind[] ALL = values();

    private final Codec codec;
    private final byte[] mark;
    /** Four bytes from here may be any; 0 if there are none. */
    private final int wildcard;

    PictureKind(Codec codec, byte[] mark, int wildcard) {
        this.codec = codec;
        this.mark = mark;
        this.wildcard = wildcard;
    }

    /** The kind of the picture that begins at this index; empty if none does, or its mark is incomplete. */
    public static Optional<PictureKind> at(byte[] bytes, int from, int to) {
        for (PictureKind kind : ALL) {
            if (kind.mark[0] == bytes[from] && kind.matching(bytes, from, to) == kind.mark.length) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Whether a picture may begin at this index, with too few bytes to tell. */
    public static boolean mayBeginAt(byte[] bytes, int from, int to) {
        return Arrays.stream(ALL).anyMatch(kind -> kind.matching(bytes, from, to) == to - from);
    }

    /** Looks for the end of one picture of this kind. */
    public abstract PictureEnd end();

    /** The size in a complete picture's header; empty if there is none. */
    public abstract Optional<Size> size(byte[] picture);

    /** The codec of this kind. */
    public Codec codec() {
        return codec;
    }

    private int matching(byte[] bytes, int from, int to) {
        int matching = 0;
        while (matching < mark.length
                && from + matching < to
                && (bytes[from + matching] == mark[matching]
                        || wildcard > 0 && matching >= wildcard && matching < wildcard + 4)) {
            matching++;
        }
        return matching;
    }

    /**
     * A picture's size in pixels.
     *
     * @param width at least 1
     * @param height at least 1
     */
    public record Size(int width, int height) {
        static Optional<Size> of(int width, int height) {
            return width < 1 || height < 1 ? Optional.empty() : Optional.of(new Size(width, height));
        }
    }
}
