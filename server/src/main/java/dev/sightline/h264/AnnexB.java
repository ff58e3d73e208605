package dev.sightline.h264;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** H.264 as a byte stream, NAL units after start codes (ITU-T H.264, Annex B). */
public final class AnnexB {
    private static final byte[] START_CODE = {0, 0, 0, 1};
    private static final int CODE_LENGTH = 3;

    private AnnexB() {}

    /** Begins the next NAL unit. */
    public static void startUnit(ByteArrayOutputStream stream) {
        stream.writeBytes(START_CODE);
    }

    /** The first NAL unit of a type, its header byte first; empty if there is none. */
    public static Optional<NalUnit> unit(byte[] stream, int type) {
        return units(stream).stream().filter(unit -> unit.type() == type).findFirst();
    }

    /** Whether decoding can start at an access unit, judged by its first slice. */
    public static boolean isKeyframe(byte[] accessUnit) {
        return NalUnit.type(firstSlice(accessUnit)) == NalUnit.IDR;
    }

    /** Whether other pictures may depend on an access unit's, by the nal_ref_idc that all its slices have in common; also on
     * one without slices, such as parameter sets. */
    public static boolean isReference(byte[] accessUnit) {
        byte slice = firstSlice(accessUnit);
        return slice == 0 || NalUnit.importance(slice) != 0;
    }

    /** The header byte of an access unit's first slice; 0 if it has none. */
    private static byte firstSlice(byte[] accessUnit) {
        ByteBuffer bytes = ByteBuffer.wrap(accessUnit);
        for (int at = afterStartCode(bytes, 0); at < accessUnit.length; at = afterStartCode(bytes, at)) {
            if (NalUnit.isSlice(NalUnit.type(accessUnit[at]))) {
                return accessUnit[at];
            }
        }
        return 0;
    }

    /** The index where the next NAL unit begins; the limit if there is none. */
    public static int afterStartCode(ByteBuffer stream, int from) {
        int zeros = 0;
        for (int at = from; at < stream.limit(); at++) {
            int value = stream.get(at);
            if (value == 1 && zeros >= 2) {
                return at + 1;
            }
            zeros = value == 0 ? zeros + 1 : 0;
        }
        return stream.limit();
    }

    /** The NAL units in order, without start codes and trailing zeros; bytes before the first are skipped. */
    public static List<NalUnit> units(byte[] picture) {
        List<NalUnit> units = new ArrayList<>();
        int start = nextCode(picture, 0) + CODE_LENGTH;
        while (start < picture.length) {
            int code = nextCode(picture, start);
            int end = code;
            while (end > start && picture[end - 1] == 0) {
                end--;
            }
            if (end > start) {
                units.add(new NalUnit(picture, start, end - start));
            }
            start = code + CODE_LENGTH;
        }
        return units;
    }

    /** The index of the next 00 00 01; the array's length if there is none. */
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
