package dev.sightline.transport.webrtc.congestion;

/**
 * Groups arrived packets by when they were sent, and compares each group with the one before (GCC, draft-ietf-rmcat-gcc-02
 * section 5.2): if the later one took longer, a queue has grown.
 */
final class PacketGroups {
    /** What is sent within this time is one group. */
    private static final long SENT_TOGETHER_NANOS = 5_000_000;

    /** What arrives this soon after the last, and was in the air for less time, waited with it: on Wi-Fi, for its turn to send. */
    private static final long ARRIVED_TOGETHER_NANOS = 5_000_000;

    private static final long LONGEST_BURST_NANOS = 100_000_000;

    /** A pause: what was before says nothing about what comes after it. */
    private static final long PAUSE_NANOS = 2_000_000_000L;

    /** Takes the comparison of two groups. */
    interface Listener {
        /**
         * Two groups were compared.
         *
         * @param arrivalNanos when the later group had arrived, by the receiver's clock
         * @param sentApartNanos from sending the earlier to sending the later group
         * @param longerNanos how much longer the later group took; negative if it took less
         */
        void compared(long arrivalNanos, long sentApartNanos, long longerNanos);
    }

    private final Listener listener;
    private boolean begun;
    private boolean compares;
    private long firstSentNanos;
    private long sentNanos;
    private long firstArrivalNanos;
    private long arrivalNanos;
    private long beforeSentNanos;
    private long beforeArrivalNanos;

    PacketGroups(Listener listener) {
        this.listener = listener;
    }

    /** A packet arrived, in the order of sending. */
    void arrived(long packetSentNanos, long packetArrivalNanos) {
        if (begun && packetSentNanos - sentNanos > PAUSE_NANOS) {
            begun = false;
            compares = false;
        }
        if (!begun) {
            begin(packetSentNanos, packetArrivalNanos);
        } else if (packetSentNanos < firstSentNanos) {
            return; // of an earlier group, overtaken by this one
        } else if (belongs(packetSentNanos, packetArrivalNanos)) {
            sentNanos = Math.max(sentNanos, packetSentNanos);
            arrivalNanos = Math.max(arrivalNanos, packetArrivalNanos);
        } else {
            compare();
            begin(packetSentNanos, packetArrivalNanos);
        }
    }

    private boolean belongs(long packetSentNanos, long packetArrivalNanos) {
        if (packetSentNanos - firstSentNanos <= SENT_TOGETHER_NANOS) {
            return true;
        }
        long apart = packetArrivalNanos - arrivalNanos;
        return apart - (packetSentNanos - sentNanos) < 0
                && apart <= ARRIVED_TOGETHER_NANOS
                && packetArrivalNanos - firstArrivalNanos < LONGEST_BURST_NANOS;
    }

    private void begin(long packetSentNanos, long packetArrivalNanos) {
        begun = true;
        firstSentNanos = packetSentNanos;
        sentNanos = packetSentNanos;
        firstArrivalNanos = packetArrivalNanos;
        arrivalNanos = packetArrivalNanos;
    }

    private void compare() {
        if (compares) {
            long sentApart = sentNanos - beforeSentNanos;
            listener.compared(arrivalNanos, sentApart, arrivalNanos - beforeArrivalNanos - sentApart);
        }
        compares = true;
        beforeSentNanos = sentNanos;
        beforeArrivalNanos = arrivalNanos;
    }
}
