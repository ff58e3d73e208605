package dev.sightline.testkit.webrtc;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** When packets arrived, by their transport-wide sequence numbers, and the messages that tell so (draft-holmer-rmcat-transport-wide-cc). */
final class Arrivals {
    private static final int TICK_NANOS = 250_000;
    private static final int TICKS_OF_REFERENCE = 256;
    private static final int MOST_IN_A_MESSAGE = 1_000;
    private static final int SYMBOLS = 7;
    private static final int VECTOR_OF_TWO_BITS = 0xC000;
    private static final int SMALL = 1;
    private static final int LARGE = 2;

    private final SortedMap<Long, Long> ticks = new TreeMap<>();
    private long next = -1;
    private int messages;

    void arrived(int sequence, long nanos) {
        long whole = next < 0 ? sequence : next + (short) (sequence - (int) next);
        if (next < 0) {
            next = whole;
        }
        if (whole >= next) {
            ticks.put(whole, nanos / TICK_NANOS);
        }
    }

    /** What is to be told since the last message; empty if nothing came. */
    Optional<byte[]> message(int own, int media) {
        if (ticks.isEmpty()) {
            return Optional.empty();
        }
        long first = next;
        int count = (int) Math.min(MOST_IN_A_MESSAGE, ticks.lastKey() - first + 1);
        SortedMap<Long, Long> told = ticks.headMap(first + count);
        long reference = told.isEmpty() ? 0 : told.get(told.firstKey()) / TICKS_OF_REFERENCE;
        int[] symbols = new int[count];
        int[] deltas = new int[count];
        long before = reference * TICKS_OF_REFERENCE;
        for (int i = 0; i < count; i++) {
            Long at = told.get(first + i);
            if (at != null) {
                deltas[i] = (int) (at - before);
                symbols[i] = deltas[i] >= 0 && deltas[i] <= 0xFF ? SMALL : LARGE;
                before = at;
            }
        }
        next = first + count;
        told.clear();
        return Optional.of(Rtcp.transportFeedback(
                own, media, (int) first, reference, messages++, chunks(symbols), bytes(symbols, deltas), count));
    }

    private static int[] chunks(int[] symbols) {
        int[] chunks = new int[(symbols.length + SYMBOLS - 1) / SYMBOLS];
        for (int i = 0; i < symbols.length; i++) {
            chunks[i / SYMBOLS] |= symbols[i] << 2 * (SYMBOLS - 1 - i % SYMBOLS);
        }
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] |= VECTOR_OF_TWO_BITS;
        }
        return chunks;
    }

    private static byte[] bytes(int[] symbols, int[] deltas) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < symbols.length; i++) {
            if (symbols[i] == LARGE) {
                bytes.write(deltas[i] >> 8);
            }
            if (symbols[i] != 0) {
                bytes.write(deltas[i]);
            }
        }
        return bytes.toByteArray();
    }
}
