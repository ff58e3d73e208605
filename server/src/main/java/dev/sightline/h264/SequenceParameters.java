package dev.sightline.h264;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The parts of an H.264 sequence parameter set (ITU-T H.264, 7.3.2.1.1 and annex E) that matter for passthrough.
 *
 * @param kind the demands on a decoder
 * @param width of the visible picture, in pixels, at least 1
 * @param height of the visible picture, in pixels, at least 1
 * @param progressive whether all pictures are whole frames
 * @param square whether its pixels are square, or their shape is not given
 * @param pictureOrder pic_order_cnt_type: 2 means that pictures are shown in decoding order
 * @param reorderedPictures how many may have to wait for a later one; empty if not given
 */
public record SequenceParameters(
        Kind kind,
        int width,
        int height,
        boolean progressive,
        boolean square,
        int pictureOrder,
        OptionalInt reorderedPictures) {
    private static final int BASELINE = 66;
    private static final int DECODING_ORDER = 2;
    private static final int SQUARE = 1;
    private static final int EXTENDED_ASPECT = 255;
    private static final int MOST_BLOCKS = 1 << 12;
    private static final int MOST_CROP = 1 << 16;
    private static final int MOST_CYCLE = 255;
    private static final int MOST_BUFFERS = 32;
    /** Baseline, main and high: 4:2:0 or gray, with 8 bits. */
    private static final Set<Integer> PLAYED = Set.of(BASELINE, 77, 100);

    /** Profiles whose sets begin with the colour format. */
    private static final Set<Integer> WITH_COLOUR_FORMAT =
            Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);

    /** Parses a NAL unit's payload, after its first byte; empty if it is damaged or implausible. */
    public static Optional<SequenceParameters> of(ByteBuffer payload) {
        try {
            return read(new Bits(payload));
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    /** Whether pictures may be shown in another order than they are sent (B-frames), which live viewers do not support. */
    public boolean mayReorder() {
        return kind.profile != BASELINE && pictureOrder != DECODING_ORDER && reorderedPictures.orElse(1) > 0;
    }

    /**
     * Whether browsers show it correctly, and each picture as soon as it comes. By WebRTC they neither deinterlace nor use the
     * pixel shape.
     */
    public boolean suitsViewers() {
        return PLAYED.contains(kind.profile) && progressive && square && !mayReorder();
    }

    /**
     * The demands on a decoder.
     *
     * @param profile profile_idc: 66 baseline, 77 main, 100 high…
     * @param constraints the byte of constraint flags after it
     * @param level level_idc: ten times the level
     */
    public record Kind(int profile, int constraints, int level) {
        /** The profile-level-id of SDP (RFC 6184, section 8.1): six hexadecimal digits, {@code 42e01f}. */
        public String profileLevelId() {
            return String.format(Locale.ROOT, "%02x%02x%02x", profile, constraints, level);
        }

        /** Its profile among those of WebRTC. */
        public Optional<H264Profile> named() {
            return H264Profile.of(profile, constraints);
        }

        /** Whether every decoder for constrained baseline can decode it. */
        public boolean isConstrainedBaseline() {
            return profile == BASELINE && (constraints & 0x40) != 0;
        }
    }

    private static Optional<SequenceParameters> read(Bits bits) {
        Kind kind = new Kind((int) bits.unsigned(8), (int) bits.unsigned(8), (int) bits.unsigned(8));
        bits.exponential();
        int colourFormat = WITH_COLOUR_FORMAT.contains(kind.profile) ? colourFormat(bits) : 1;
        bits.exponential();
        int pictureOrder = pictureOrder(bits);
        bits.exponential();
        bits.flag();
        long blocksAcross = bits.exponential() + 1;
        long blocksDown = bits.exponential() + 1;
        int fields = bits.flag() ? 1 : 2;
        if (fields == 2) {
            bits.flag();
        }
        bits.flag();
        if (blocksAcross > MOST_BLOCKS || blocksDown > MOST_BLOCKS) {
            return Optional.empty();
        }
        long unitAcross = colourFormat == 1 || colourFormat == 2 ? 2 : 1;
        long unitDown = (colourFormat == 1 ? 2L : 1L) * fields;
        boolean cropped = bits.flag();
        long width = blocksAcross * 16 - (cropped ? crop(bits) * unitAcross : 0);
        long height = blocksDown * 16 * fields - (cropped ? crop(bits) * unitDown : 0);
        if (width < 1 || height < 1) {
            return Optional.empty();
        }
        boolean usability = bits.flag();
        boolean square = !usability || squarePixels(bits);
        OptionalInt reordered = usability ? reorderedPictures(bits) : OptionalInt.empty();
        return Optional.of(
                new SequenceParameters(kind, (int) width, (int) height, fields == 1, square, pictureOrder, reordered));
    }

    /** The total cropped at both sides. */
    private static long crop(Bits bits) {
        return Math.min(MOST_CROP, bits.exponential()) + Math.min(MOST_CROP, bits.exponential());
    }

    private static int colourFormat(Bits bits) {
        int format = (int) bits.exponential();
        boolean separate = format == 3 && bits.flag();
        bits.skipExponentials(2);
        bits.flag();
        if (bits.flag()) {
            int lists = format == 3 ? 12 : 8;
            for (int i = 0; i < lists; i++) {
                if (bits.flag()) {
                    skipScalingList(bits, i < 6 ? 16 : 64);
                }
            }
        }
        return separate ? 0 : format;
    }

    private static void skipScalingList(Bits bits, int size) {
        long next = 8;
        long last = 8;
        for (int i = 0; i < size && next != 0; i++) {
            next = Math.floorMod(last + bits.signedExponential(), 256);
            last = next == 0 ? last : next;
        }
    }

    private static int pictureOrder(Bits bits) {
        int type = (int) bits.exponential();
        if (type == 0) {
            bits.exponential();
        } else if (type == 1) {
            bits.flag();
            bits.skipExponentials(2);
            bits.skipExponentials(atMost(bits.exponential(), MOST_CYCLE));
        }
        return type;
    }

    /** Reads aspect_ratio_idc (table E-1): 0 is unspecified, 1 is square, 255 is followed by the ratio itself. */
    private static boolean squarePixels(Bits bits) {
        long kind = bits.flag() ? bits.unsigned(8) : 0;
        if (kind != EXTENDED_ASPECT) {
            return kind <= SQUARE;
        }
        long width = bits.unsigned(16);
        return bits.unsigned(16) == width;
    }

    private static OptionalInt reorderedPictures(Bits bits) {
        if (bits.flag()) {
            bits.flag();
        }
        if (bits.flag()) {
            bits.skipUnsigned(4);
            if (bits.flag()) {
                bits.skipUnsigned(24);
            }
        }
        if (bits.flag()) {
            bits.skipExponentials(2);
        }
        if (bits.flag()) {
            bits.skipUnsigned(32);
            bits.skipUnsigned(33);
        }
        skipBuffering(bits);
        bits.flag();
        if (!bits.flag()) {
            return OptionalInt.empty();
        }
        bits.flag();
        bits.skipExponentials(4);
        return OptionalInt.of((int) atMost(bits.exponential(), MOST_BUFFERS));
    }

    /** The two descriptions of a hypothetical decoder's buffers. */
    private static void skipBuffering(Bits bits) {
        boolean units = bits.flag();
        if (units) {
            skipBuffer(bits);
        }
        boolean video = bits.flag();
        if (video) {
            skipBuffer(bits);
        }
        if (units || video) {
            bits.flag();
        }
    }

    private static void skipBuffer(Bits bits) {
        long count = atMost(bits.exponential(), MOST_BUFFERS - 1) + 1;
        bits.skipUnsigned(8);
        for (long i = 0; i < count; i++) {
            bits.skipExponentials(2);
            bits.flag();
        }
        bits.skipUnsigned(20);
    }

    private static long atMost(long value, int most) {
        if (value > most) {
            throw new BufferUnderflowException();
        }
        return value;
    }
}
