package dev.sightline.codec;

import dev.sightline.frame.Codec;
import dev.sightline.frame.JpegHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the first bytes of a picture from outside say of it, read before memory is spent on decoding. Also whether its end
 * is there: a picture cut short would be decoded to half a picture and gray.
 *
 * @param codec JPEG, PNG or WebP
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record PictureHeader(Codec codec, int width, int height) {
    private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int PNG_HEADER_BYTES = 24;
    private static final byte[] IHDR = ascii("IHDR");

    private static final int WEBP_HEADER_BYTES = 30;
    private static final byte[] RIFF = ascii("RIFF");
    private static final byte[] WEBP = ascii("WEBP");
    private static final byte[] LOSSY = ascii("VP8 ");
    private static final byte[] LOSSLESS = ascii("VP8L");
    private static final byte[] EXTENDED = ascii("VP8X");

    /**
     * The header of a complete JPEG (ITU-T T.81), PNG (ISO/IEC 15948) or WebP (RFC 9649) picture.
     *
     * @throws PictureException if it is none of these, is cut short, or has more than 33 megapixels
     */
    public static PictureHeader of(byte[] picture) throws PictureException {
        PictureHeader header = read(picture);
        if ((long) header.width * header.height > JpegHeader.MAX_PIXELS) {
            throw new PictureException("a picture of " + header.width + "x" + header.height
                    + " is too large: at most 33 megapixels are taken");
        }
        if (PictureEnd.of(header.codec, picture) < 0) {
            throw new PictureException("this " + header.codec.codecName() + " picture is cut short");
        }
        return header;
    }

    private static PictureHeader read(byte[] picture) throws PictureException {
        ByteBuffer bytes = ByteBuffer.wrap(picture);
        if (picture.length > 2 && bytes.getShort(0) == (short) 0xFFD8) {
            return jpeg(picture);
        }
        if (picture.length >= PNG_HEADER_BYTES && bytes.getLong(0) == PNG_SIGNATURE) {
            return png(picture, bytes);
        }
        if (has(picture, 0, RIFF) && has(picture, 8, WEBP) && picture.length >= WEBP_HEADER_BYTES) {
            return webp(picture, bytes.order(ByteOrder.LITTLE_ENDIAN));
        }
        throw new PictureException(
                picture.length == 0
                        ? "the picture is empty"
                        : "this is " + ForeignFormat.of(picture).orElse("no picture") + ": send JPEG, PNG or WebP");
    }

    /** The picture that this is the header of, without the bytes behind its end. */
    public byte[] trimmed(byte[] picture) {
        int end = PictureEnd.of(codec, picture);
        return end < 0 || end == picture.length ? picture : Arrays.copyOf(picture, end);
    }

    private static PictureHeader jpeg(byte[] picture) throws PictureException {
        JpegHeader header =
                JpegHeader.of(picture).orElseThrow(() -> new PictureException("this JPEG picture has no header"));
        return new PictureHeader(Codec.MJPEG, header.width(), header.height());
    }

    private static PictureHeader png(byte[] picture, ByteBuffer bytes) throws PictureException {
        if (!has(picture, 12, IHDR)) {
            throw new PictureException("this PNG picture has no header");
        }
        return sized(Codec.PNG, bytes.getInt(16), bytes.getInt(20));
    }

    private static PictureHeader webp(byte[] picture, ByteBuffer bytes) throws PictureException {
        if (has(picture, 12, LOSSY)) {
            return sized(Codec.WEBP, bytes.getShort(26) & 0x3FFF, bytes.getShort(28) & 0x3FFF);
        }
        if (has(picture, 12, LOSSLESS)) {
            int packed = bytes.getInt(21);
            return sized(Codec.WEBP, (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1);
        }
        if (has(picture, 12, EXTENDED)) {
            return sized(Codec.WEBP, (bytes.getInt(24) & 0xFFFFFF) + 1, (bytes.getInt(26) >>> 8) + 1);
        }
        throw new PictureException("this WebP picture has no header");
    }

    private static PictureHeader sized(Codec codec, int width, int height) throws PictureException {
        if (width < 1 || height < 1) {
            throw new PictureException("this " + codec.codecName() + " picture has no size");
        }
        return new PictureHeader(codec, width, height);
    }

    private static boolean has(byte[] picture, int at, byte[] mark) {
        if (at + mark.length > picture.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if (picture[at + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
