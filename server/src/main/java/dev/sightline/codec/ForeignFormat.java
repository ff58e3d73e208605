package dev.sightline.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What people send instead of a supported image, by its first bytes, so that a refusal can name it. */
enum ForeignFormat {
    GIF("a GIF", 0, "GIF8"),
    BMP("a BMP", 0, "BM"),
    TIFF_LITTLE_ENDIAN("a TIFF", 0, "II*\0"),
    TIFF_BIG_ENDIAN("a TIFF", 0, "MM\0*"),
    HEIC("a HEIC", 4, "ftyphei"),
    HEIF("a HEIF", 4, "ftypmif1"),
    AVIF("an AVIF", 4, "ftypavi"),
    MP4("an MP4 video", 4, "ftyp"),
    WEBM("a WebM video", 0, "\u001aE\u00df\u00a3"),
    JPEG_XL("a JPEG XL", 0, "\u00ff\n"),
    JPEG_2000("a JPEG 2000", 4, "jP  "),
    ICON("an icon", 0, "\0\0\1\0"),
    SVG("an SVG", 0, "<svg"),
    XML("XML", 0, "<?xml"),
    HTML("HTML", 0, "<!"),
    DATA_URL("a data URL sent as binary", 0, "data:"),
    JPEG_AS_TEXT("base64 sent as binary", 0, "/9j/"),
    PNG_AS_TEXT("base64 sent as binary", 0, "iVBORw"),
    WEBP_AS_TEXT("base64 sent as binary", 0, "UklGR");

    private static final ForeignFormat[] ALL = values();

    private final String words;
    private final int at;
    private final byte[] signature;

    ForeignFormat(String words, int at, String signature) {
        this.words = words;
        this.at = at;
        this.signature = signature.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The kind of the bytes, if it is one of these, in words that fit after "this is ". */
    static Optional<String> of(byte[] bytes) {
        return Arrays.stream(ALL)
                .filter(format -> format.begins(bytes))
                .map(format -> format.words)
                .findFirst();
    }

    private boolean begins(byte[] bytes) {
        int end = at + signature.length;
        return bytes.length >= end && Arrays.equals(bytes, at, end, signature, 0, signature.length);
    }
}
