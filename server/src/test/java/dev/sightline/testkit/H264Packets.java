package dev.sightline.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Cuts an H.264 access unit into RTP payloads (RFC 6184: single NAL units, and FU-A for those too large). */
final class H264Packets {
    static final int LONGEST_PAYLOAD = 1_400;

    private static final int FU_A = 28;

    private H264Packets() {}

    /** The NAL units of an access unit in Annex B form, without start codes. */
    static List<byte[]> nalUnits(byte[] annexB) {
        List<byte[]> units = new ArrayList<>();
        int start = -1;
        for (int i = 0; i + 2 < annexB.length; i++) {
            if (annexB[i] == 0 && annexB[i + 1] == 0 && annexB[i + 2] == 1) {
                add(units, annexB, start, i > 0 && annexB[i - 1] == 0 ? i - 1 : i);
                start = i + 3;
                i += 2;
            }
        }
        add(units, annexB, start, annexB.length);
        return units;
    }

    /** The payloads of a NAL unit. */
    static List<byte[]> payloads(byte[] unit) {
        if (unit.length <= LONGEST_PAYLOAD) {
            return List.of(unit);
        }
        List<byte[]> payloads = new ArrayList<>();
        for (int at = 1; at < unit.length; ) {
            int size = Math.min(LONGEST_PAYLOAD - 2, unit.length - at);
            int first = at == 1 ? 0x80 : 0;
            int last = at + size == unit.length ? 0x40 : 0;
            ByteBuffer payload = ByteBuffer.allocate(size + 2);
            payload.put((byte) (unit[0] & 0xE0 | FU_A)).put((byte) (first | last | unit[0] & 0x1F));
            payload.put(unit, at, size);
            payloads.add(payload.array());
            at += size;
        }
        return payloads;
    }

    private static void add(List<byte[]> units, byte[] annexB, int start, int end) {
        if (start >= 0 && end > start) {
            units.add(java.util.Arrays.copyOfRange(annexB, start, end));
        }
    }
}
