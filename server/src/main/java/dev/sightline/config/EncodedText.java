package dev.sightline.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Decodes the text of a file: UTF-8, or UTF-16 as some editors write it, detected by the first bytes (YAML 1.2, section 5.2). */
public final class EncodedText {
    private EncodedText() {}

    /**
     * The text of the bytes, without a byte order mark.
     *
     * @param file its name in messages
     * @throws ConfigException if they are in neither encoding; the message says where
     */
    public static String decode(byte[] bytes, String file) {
        Charset charset = charset(bytes);
        CharsetDecoder decoder = charset.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            String before = text.substring(text.lastIndexOf('\n') + 1);
            Place place = new Place(
                    file, (int) text.chars().filter(letter -> letter == '\n').count() + 1, before.length() + 1);
            throw new ConfigException(place.before(String.format(
                    "the byte 0x%02X is not UTF-8: save the file as UTF-8 (it may be Latin-1, or no text at all)",
                    bytes[in.position()])));
        }
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static Charset charset(byte[] bytes) {
        int first = bytes.length > 1 ? (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF : 0xFFFF;
        if (first == 0xFFFE || first > 0xFF && (first & 0xFF) == 0) {
            return StandardCharsets.UTF_16LE;
        }
        return first == 0xFEFF || first > 0 && first < 0x100 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }
}
