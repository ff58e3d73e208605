package dev.sightline.transport.webrtc.rtp;

import dev.sightline.transport.webrtc.congestion.TransportFeedback;
import dev.sightline.transport.webrtc.parameters.BigEndian;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the body of a transport-wide feedback message (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1): the first
 * number, how many packets it tells of, a reference time, then for each packet in chunks whether it arrived, then for those that
 * did how much later than the one before.
 */
final class TransportFeedbackReader {
    /** A second of the fastest video has fewer; a run of packets takes two bytes whatever its length. */
    private static final int MOST_PACKETS = 4_096;

    private static final int HEADER_SIZE = 8;
    private static final int TICKS_PER_REFERENCE = 256;
    private static final int RUN = 13;
    private static final int SMALL = 1;
    private static final int LARGE = 2;

    private final byte[] bytes;
    private final int end;
    private final long[] arrivals;
    private int at;
    private int told;

    private TransportFeedbackReader(byte[] bytes, int at, int end, int packets) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
        this.arrivals = new long[packets];
    }

    /** The feedback in this range; empty if it is malformed. */
    static Optional<TransportFeedback> read(byte[] bytes, int at, int end) {
        if (end - at < HEADER_SIZE) {
            return Optional.empty();
        }
        int packets = BigEndian.u16(bytes, at + 2);
        if (packets == 0 || packets > MOST_PACKETS) {
            return Optional.empty();
        }
        TransportFeedbackReader reader = new TransportFeedbackReader(bytes, at + HEADER_SIZE, end, packets);
        boolean whole = reader.symbols() && reader.times(BigEndian.u24(bytes, at + 4) * (long) TICKS_PER_REFERENCE);
        return whole ? Optional.of(new TransportFeedback(BigEndian.u16(bytes, at), reader.arrivals)) : Optional.empty();
    }

    /** Fills the arrivals with the packets' symbols. */
    private boolean symbols() {
        while (told < arrivals.length) {
            if (end - at < 2) {
                return false;
            }
            chunk(BigEndian.u16(bytes, at));
            at += 2;
        }
        return true;
    }

    private void chunk(int chunk) {
        if (chunk >> 15 == 0) {
            int run = Math.min(chunk & (1 << RUN) - 1, arrivals.length - told);
            Arrays.fill(arrivals, told, told + run, chunk >> RUN & 3);
            told += run;
        } else if ((chunk >> 14 & 1) == 0) {
            vector(chunk, 14, 1);
        } else {
            vector(chunk, 7, 2);
        }
    }

    private void vector(int chunk, int symbols, int bits) {
        for (int i = 1; i <= symbols && told < arrivals.length; i++) {
            arrivals[told++] = chunk >> (symbols - i) * bits & (1 << bits) - 1;
        }
    }

    /** Replaces the symbols by times. */
    private boolean times(long reference) {
        long time = reference;
        for (int i = 0; i < arrivals.length; i++) {
            int size = size((int) arrivals[i]);
            if (size > end - at) {
                return false;
            }
            if (size > 0) {
                time += size == 1 ? BigEndian.u8(bytes, at) : (short) BigEndian.u16(bytes, at);
                at += size;
            }
            arrivals[i] = size == 0 ? TransportFeedback.LOST : time & 0xFFFF_FFFFL;
        }
        return true;
    }

    /** The bytes of the time after that of the packet before. */
    private static int size(int symbol) {
        return symbol == SMALL || symbol == LARGE ? symbol : 0;
    }
}
