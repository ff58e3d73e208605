package dev.sightline.codec;

import dev.sightline.frame.Codec;
import dev.sightline.frame.JpegHeader;
import dev.sightline.picture.PictureEnd;
import dev.sightline.picture.PictureKind;
import dev.sightline.picture.PictureKind.Size;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The header of a picture from outside, read before memory is spent on decoding. It includes the picture's end, because a
 * truncated one would be decoded to half a picture and gray; and decoding costs are checked, because a small picture can take a
 * minute.
 *
 * @param codec JPEG, PNG or WebP
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param length in bytes; later bytes do not belong to the picture
 */
public record PictureHeader(Codec codec, int width, int height, int length) {
    private static final Set<PictureKind> TAKEN = Set.of(PictureKind.JPEG, PictureKind.PNG, PictureKind.WEBP);

    /**
     * The header of a complete JPEG (ITU-T T.81), PNG (ISO/IEC 15948) or WebP (RFC 9649) picture.
     *
     * @throws PictureException if it is none of these, is truncated, has more than 33 megapixels, or would take far longer to
     *     decode than its pixels require
     */
    public static PictureHeader of(byte[] picture) throws PictureException {
        PictureKind kind = kind(picture);
        String name = kind.codec().codecName();
        Size size = kind.size(picture)
                .orElseThrow(() -> new PictureException("this " + name + " picture has no header that says its size"));
        if ((long) size.width() * size.height() > JpegHeader.MAX_PIXELS) {
            throw new PictureException("a picture of " + size.width() + "x" + size.height()
                    + " is too large: at most 33 megapixels are taken");
        }
        return new PictureHeader(kind.codec(), size.width(), size.height(), length(kind.end(), picture, name));
    }

    /** This header's picture, without the bytes after its end. */
    public byte[] trimmed(byte[] picture) {
        return length == picture.length ? picture : Arrays.copyOf(picture, length);
    }

    private static int length(PictureEnd end, byte[] picture, String name) throws PictureException {
        int length = end.find(picture, picture.length);
        if (length < 0) {
            throw new PictureException("this " + name + " picture is cut short");
        }
        Optional<String> excess = end.excess();
        if (excess.isPresent()) {
            throw new PictureException("this " + name + " picture has " + excess.get());
        }
        return length;
    }

    private static PictureKind kind(byte[] picture) throws PictureException {
        if (picture.length == 0) {
            throw new PictureException("the picture is empty");
        }
        return PictureKind.at(picture, 0, picture.length)
                .filter(TAKEN::contains)
                .orElseThrow(() -> new PictureException(
                        "this is " + ForeignFormat.of(picture).orElse("no picture") + ": send JPEG, PNG or WebP"));
    }
}
