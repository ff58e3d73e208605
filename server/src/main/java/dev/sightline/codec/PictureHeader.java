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
 * What a picture from outside says of itself, read before memory is spent on decoding. Also where it ends: one cut short
 * would be decoded to half a picture and gray; and what decoding costs: a small one can take a minute.
 *
 * @param codec JPEG, PNG or WebP
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param length in bytes; what follows is no part of the picture
 */
public record PictureHeader(Codec codec, int width, int height, int length) {
    private static final Set<PictureKind> TAKEN = Set.of(PictureKind.JPEG, PictureKind.PNG, PictureKind.WEBP);

    /**
     * The header of a complete JPEG (ITU-T T.81), PNG (ISO/IEC 15948) or WebP (RFC 9649) picture.
     *
     * @throws PictureException if it is none of these, is cut short, has more than 33 megapixels, or would take far longer to
     *     decode than its pixels do
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

    /** The picture that this is the header of, without the bytes behind its end. */
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
