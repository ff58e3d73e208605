package dev.sightline.transport.webrtc.rtp;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** RTP header extensions (RFC 8285): elements of an id and a few bytes, in a form of one or two bytes before each. */
final class HeaderExtensions {
    static final int ONE_BYTE = 0xBEDE;
    static final int TWO_BYTE = 0x1000;

    private static final int TWO_BYTE_MASK = 0xFFF0;
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

    /** The elements with the extension's own header, padded to 32 bits; nothing for no elements. */
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

    static Optional<byte[]> find(byte[] packet, RtpHeader header, int id) {
        boolean oneByte = header.profile() == ONE_BYTE;
        if (!oneByte && (header.profile() & TWO_BYTE_MASK) != TWO_BYTE) {
            return Optional.empty();
        }
        int at = header.extensionOffset();
        int end = at + header.extensionLength();
        while (at < end) {
            int first = BigEndian.u8(packet, at++);
            if (first == 0) {
                continue;
            }
            if (!oneByte && at == end || oneByte && first >> 4 == 15) {
                break;
            }
            int length = oneByte ? (first & 0x0F) + 1 : BigEndian.u8(packet, at++);
            if (at + length > end) {
                break;
            }
            if ((oneByte ? first >> 4 : first) == id) {
                return Optional.of(Arrays.copyOfRange(packet, at, at + length));
            }
            at += length;
        }
        return Optional.empty();
    }
}
