package dev.sightline.transport.webrtc.rtp;

import java.util.ArrayList;
import java.util.List;

/** H.264 as a stream of bytes, NAL units behind start codes (ITU-T H.264, Annex B). */
final class AnnexB {
    static final byte[] START_CODE = {0, 0, 0, 1};

    static final int IDR = 5;
    static final int SPS = 7;
    static final int PPS = 8;
    static final int DELIMITER = 9;
    static final int FILLER = 12;
    static final int STAP_A = 24;
    static final int FU_A = 28;

    private AnnexB() {}

    /** Where a NAL unit lies in its array. */
    record Unit(byte[] bytes, int offset, int length) {
        int type() {
            return bytes[offset] & 0x1F;
        }

        int importance() {
            return bytes[offset] & 0x60;
        }
    }

    /** The NAL units in order, without start codes and trailing zeros; what lies before the first is passed over. */
    static List<Unit> units(byte[] picture) {
        List<Unit> units = new ArrayList<>();
        int start = nextCode(picture, 0) + 3;
        while (start < picture.length) {
            int code = nextCode(picture, start);
            int end = code;
            while (end > start && picture[end - 1] == 0) {
                end--;
            }
            if (end > start) {
                units.add(new Unit(picture, start, end - start));
            }
            start = code + 3;
        }
        return units;
    }

    /** Where the next 00 00 01 begins; the array's length if there is none. */
    private static int nextCode(byte[] bytes, int from) {
        for (int at = from; at + 2 < bytes.length; at++) {
            if (bytes[at + 2] == 1 && bytes[at + 1] == 0 && bytes[at] == 0) {
                return at;
            }
            if (bytes[at + 2] > 1 || bytes[at + 2] < 0) {
                at += 2;
            }
        }
        return bytes.length;
    }
}
