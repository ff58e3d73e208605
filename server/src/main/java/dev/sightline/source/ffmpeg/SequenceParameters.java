package dev.sightline.source.ffmpeg;

import java.util.Optional;

/**
 * What an H.264 sequence parameter set says of a video (ITU-T H.264, sections 7.3.2.1.1 and E.1.1).
 *
 * @param profile profile_idc: 66 baseline, 77 main, 100 high
 * @param width in pixels, after cropping
 * @param height in pixels, after cropping
 * @param reorders whether pictures may be shown in another order than they come; where it does not say, they may
 * @param progressive whether all pictures are whole frames
 */
record SequenceParameters(int profile, int width, int height, boolean reorders, boolean progressive) {
    private static final int BASELINE = 66;
    private static final int MAIN = 77;
    private static final int HIGH = 100;
    private static final int EXTENDED_ASPECT_RATIO = 255;

    /** What a NAL unit of type 7 says, header byte included; empty if it is broken or of a profile that is not read here. */
    static Optional<SequenceParameters> of(byte[] unit) {
        try {
            return read(new BitReader(AnnexB.payload(unit)));
        } catch (IndexOutOfBoundsException cutShort) {
            return Optional.empty();
        }
    }

    /** Whether browsers play it, and each picture can be shown as soon as it comes. */
    boolean suitsViewers() {
        return progressive && !reorders;
    }

    private static Optional<SequenceParameters> read(BitReader bits) {
        int profile = (int) bits.bits(8);
        if (profile != BASELINE && profile != MAIN && profile != HIGH) {
            return Optional.empty();
        }
        bits.bits(16);
        bits.unsigned();
        if (profile == HIGH && !isUsual420(bits)) {
            return Optional.empty();
        }
        bits.unsigned();
        boolean orderAsSent = readPictureOrder(bits);
        bits.unsigned();
        bits.flag();
        long widthInBlocks = bits.unsigned() + 1;
        long heightInBlocks = bits.unsigned() + 1;
        boolean progressive = bits.flag();
        if (!progressive) {
            bits.flag();
        }
        bits.flag();
        int fields = progressive ? 1 : 2;
        long width = widthInBlocks * 16;
        long height = heightInBlocks * 16 * fields;
        if (bits.flag()) {
            width -= 2 * (bits.unsigned() + bits.unsigned());
            height -= 2L * fields * (bits.unsigned() + bits.unsigned());
        }
        boolean inOrder = profile == BASELINE || orderAsSent || bits.flag() && neverReorders(bits);
        return width < 1 || height < 1 || width > 65_535 || height > 65_535
                ? Optional.empty()
                : Optional.of(new SequenceParameters(profile, (int) width, (int) height, !inOrder, progressive));
    }

    /** chroma_format_idc to seq_scaling_list_present_flag: 4:2:0 with 8 bits; scaling lists are stepped over. */
    private static boolean isUsual420(BitReader bits) {
        boolean usual = bits.unsigned() == 1;
        usual &= bits.unsigned() == 0;
        usual &= bits.unsigned() == 0;
        bits.flag();
        if (usual && bits.flag()) {
            for (int i = 0; i < 8; i++) {
                if (bits.flag()) {
                    stepOverScalingList(bits, i < 6 ? 16 : 64);
                }
            }
        }
        return usual;
    }

    private static void stepOverScalingList(BitReader bits, int size) {
        long last = 8;
        long next = 8;
        for (int i = 0; i < size && next != 0; i++) {
            next = last + bits.signed() + 256 & 255;
            last = next == 0 ? last : next;
        }
    }

    /** Whether pictures are shown as they are sent (pic_order_cnt_type 2). */
    private static boolean readPictureOrder(BitReader bits) {
        long type = bits.unsigned();
        if (type == 0) {
            bits.unsigned();
        } else if (type == 1) {
            bits.flag();
            bits.signed();
            bits.signed();
            for (long cycle = bits.unsigned(); cycle > 0; cycle--) {
                bits.signed();
            }
        }
        return type == 2;
    }

    /** The usability information up to max_num_reorder_frames. */
    private static boolean neverReorders(BitReader bits) {
        if (bits.flag() && bits.bits(8) == EXTENDED_ASPECT_RATIO) {
            bits.bits(32);
        }
        if (bits.flag()) {
            bits.flag();
        }
        if (bits.flag()) {
            bits.bits(4);
            if (bits.flag()) {
                bits.bits(24);
            }
        }
        if (bits.flag()) {
            bits.unsigned();
            bits.unsigned();
        }
        if (bits.flag()) {
            bits.bits(32);
            bits.bits(32);
            bits.flag();
        }
        boolean rates = stepOverRates(bits);
        boolean furtherRates = stepOverRates(bits);
        if (rates || furtherRates) {
            bits.flag();
        }
        bits.flag();
        if (!bits.flag()) {
            return false;
        }
        bits.flag();
        for (int i = 0; i < 4; i++) {
            bits.unsigned();
        }
        return bits.unsigned() == 0;
    }

    private static boolean stepOverRates(BitReader bits) {
        if (!bits.flag()) {
            return false;
        }
        long count = bits.unsigned() + 1;
        bits.bits(8);
        for (long i = 0; i < count; i++) {
            bits.unsigned();
            bits.unsigned();
            bits.flag();
        }
        bits.bits(20);
        return true;
    }
}
