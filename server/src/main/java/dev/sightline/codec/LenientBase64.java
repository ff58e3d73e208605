package dev.sightline.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Base64 as clients write it: the standard alphabet or the one for URLs (RFC 4648 sections 4 and 5), with or without padding,
 * and white space anywhere. Java's MIME encoder breaks lines every 76 characters with CRLF, Android's and Python's with LF.
 */
public final class LenientBase64 {
    private static final byte SPACE = 0;
    private static final byte FOREIGN = -1;
    private static final byte[] STANDARD = standard();

    private LenientBase64() {}

    /** Decodes a text; empty if it is not base64. */
    public static Optional<byte[]> decode(String text) {
        // Other characters than Latin-1 become question marks, which are not base64 either.
        return decode(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Decodes an ASCII text, and overwrites its array; empty if it is not base64. */
    public static Optional<byte[]> decode(byte[] text) {
        // The JDK's decoder is vectorised: standard base64, as from browsers, costs nothing here.
        return decodeStrictly(text).or(() -> tidied(text).flatMap(LenientBase64::decodeStrictly));
    }

    private static Optional<byte[]> decodeStrictly(byte[] text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The same in the standard alphabet and without white space; empty if it has other characters. */
    private static Optional<byte[]> tidied(byte[] text) {
        int length = 0;
        for (byte each : text) {
            byte standard = STANDARD[each & 0xFF];
            if (standard == FOREIGN) {
                return Optional.empty();
            }
            text[length] = standard;
            length += standard == SPACE ? 0 : 1;
        }
        return Optional.of(Arrays.copyOf(text, length));
    }

    /** Maps each character to the standard alphabet. */
    private static byte[] standard() {
        byte[] table = new byte[256];
        Arrays.fill(table, FOREIGN);
        for (char each : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=".toCharArray()) {
            table[each] = (byte) each;
        }
        table['-'] = '+';
        table['_'] = '/';
        for (char each : " \t\r\n\f".toCharArray()) {
            table[each] = SPACE;
        }
        return table;
    }
}
