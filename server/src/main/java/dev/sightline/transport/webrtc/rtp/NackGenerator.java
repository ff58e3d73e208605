package dev.sightline.transport.webrtc.rtp;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The missing packets, and when each was requested. A packet is requested a little after it was found missing, since it may
 * only be late, then once every round trip, until it is given up. Used on the media thread.
 */
final class NackGenerator {
    private static final long GRACE_NANOS = 8_000_000L;
    private static final long GIVEN_UP_NANOS = 400_000_000L;
    private static final long FIRST_ROUND_TRIP_NANOS = 100_000_000L;
    private static final long LEAST_INTERVAL_NANOS = 20_000_000L;
    private static final long LOOK_NANOS = 4_000_000L;
    private static final int MOST_REQUESTS = 10;

    private final TreeMap<Long, Missing> missing = new TreeMap<>();
    private long roundTripNanos = FIRST_ROUND_TRIP_NANOS;
    private boolean measured;
    private long lookedNanos = Long.MIN_VALUE / 2;
    private long asked;

    void found(long seq, long nowNanos) {
        missing.put(seq, new Missing(nowNanos));
    }

    /** A packet has come; answers whether it had been requested. */
    boolean arrived(long seq, long nowNanos) {
        Missing known = missing.remove(seq);
        if (known == null || known.requests == 0) {
            return false;
        }
        if (known.requests == 1) {
            measure(nowNanos - known.lastNanos);
        }
        return true;
    }

    /** Fills in the numbers to request now, in ascending order, and returns their count. */
    int due(int[] seqs, long nowNanos) {
        if (missing.isEmpty() || nowNanos - lookedNanos < LOOK_NANOS) {
            return 0;
        }
        lookedNanos = nowNanos;
        int count = 0;
        for (Map.Entry<Long, Missing> each : missing.entrySet()) {
            if (count < seqs.length && each.getValue().due(nowNanos, intervalNanos())) {
                asked += each.getValue().requests == 0 ? 1 : 0;
                each.getValue().ask(nowNanos);
                seqs[count++] = (int) (each.getKey() & 0xFFFF);
            }
        }
        return count;
    }

    /** Whether it is useless to wait for this packet any longer. */
    boolean hopeless(long seq, long nowNanos) {
        Missing known = missing.get(seq);
        return known == null || nowNanos - known.foundNanos >= GIVEN_UP_NANOS;
    }

    /** Removes lower numbers and returns their count. */
    int forgetBefore(long seq) {
        Map<Long, Missing> older = missing.headMap(seq);
        int count = older.size();
        older.clear();
        return count;
    }

    void clear() {
        missing.clear();
    }

    /** The number of packets requested, each counted once. */
    long asked() {
        return asked;
    }

    /** The time from a request to its packet, smoothed. */
    OptionalLong roundTripNanos() {
        return measured ? OptionalLong.of(roundTripNanos) : OptionalLong.empty();
    }

    private void measure(long nanos) {
        roundTripNanos = measured ? roundTripNanos + (nanos - roundTripNanos) / 8 : nanos;
        measured = true;
    }

    private long intervalNanos() {
        return Math.max(LEAST_INTERVAL_NANOS, roundTripNanos * 5 / 4);
    }

    private static final class Missing {
        private final long foundNanos;
        private long lastNanos;
        private int requests;

        Missing(long foundNanos) {
            this.foundNanos = foundNanos;
        }

        boolean due(long nowNanos, long intervalNanos) {
            return requests == 0
                    ? nowNanos - foundNanos >= GRACE_NANOS
                    : requests < MOST_REQUESTS && nowNanos - lastNanos >= intervalNanos;
        }

        void ask(long nowNanos) {
            lastNanos = nowNanos;
            requests++;
        }
    }
}
