package dev.sightline.h264;

/** A NAL unit's place in its array, its header byte first (ITU-T H.264, 7.3.1). */
public record NalUnit(byte[] bytes, int offset, int length) {
    /** A slice of a picture where decoding can start; smaller types are slices of other pictures. */
    public static final int IDR = 5;
    /** A sequence parameter set. */
    public static final int SPS = 7;
    /** A picture parameter set. */
    public static final int PPS = 8;
    /** An access unit delimiter. */
    public static final int DELIMITER = 9;
    /** Filler data. */
    public static final int FILLER = 12;
    /** The first type that RTP uses for its own (RFC 6184, section 5.2). */
    public static final int FIRST_OF_RTP = 24;

    private static final int TYPE = 0x1F;
    private static final int IMPORTANCE = 0x60;

    /** The type in a header byte. */
    public static int type(byte header) {
        return header & TYPE;
    }

    /** Whether a type is a picture's slice. */
    public static boolean isSlice(int type) {
        return type >= 1 && type <= IDR;
    }

    /** Its type. */
    public int type() {
        return type(bytes[offset]);
    }

    /** Its nal_ref_idc, at its position in the header byte. */
    public int importance() {
        return importance(bytes[offset]);
    }

    /** The nal_ref_idc in a header byte, at its position there; 0 for a picture on which no other depends. */
    public static int importance(byte header) {
        return header & IMPORTANCE;
    }
}
