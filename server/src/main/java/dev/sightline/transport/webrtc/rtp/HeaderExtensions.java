package dev.sightline.transport.webrtc.rtp;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.SortedMap;

/** RTP header extensions (RFC 8285): elements of an id and a few bytes, with headers of one or two bytes. */
final class HeaderExtensions {
    private static final int ONE_BYTE = 0xBEDE;
    private static final int TWO_BYTE = 0x1000;
    private static final int GREATEST_ONE_BYTE_ID = 14;
    private static final int GREATEST_ONE_BYTE_LENGTH = 16;

    private HeaderExtensions() {}

    /** Whether these elements need the two-byte form. */
    static boolean needTwoBytes(Map<Integer, byte[]> elements) {
        return elements.entrySet().stream()
                .anyMatch(each -> each.getKey() > GREATEST_ONE_BYTE_ID
                        || each.getValue().length == 0
                        || each.getValue().length > GREATEST_ONE_BYTE_LENGTH);
    }

    /** The bytes before each of these elements' values. */
    static int headerSize(Map<Integer, byte[]> elements) {
        return needTwoBytes(elements) ? 2 : 1;
    }

    /** The elements with the extension's header, padded to 32 bits; empty if there are none. */
    static byte[] write(SortedMap<Integer, byte[]> elements) {
        if (elements.isEmpty()) {
            return new byte[0];
        }
        boolean twoBytes = needTwoBytes(elements);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[4]);
        elements.forEach((id, value) -> {
            if (twoBytes) {
                out.write(id);
                out.write(value.length);
            } else {
                out.write(id << 4 | value.length - 1);
            }
            out.writeBytes(value);
        });
        out.writeBytes(new byte[-out.size() & 3]);
        byte[] written = out.toByteArray();
        BigEndian.put16(written, 0, twoBytes ? TWO_BYTE : ONE_BYTE);
        BigEndian.put16(written, 2, written.length / 4 - 1);
        return written;
    }
}
