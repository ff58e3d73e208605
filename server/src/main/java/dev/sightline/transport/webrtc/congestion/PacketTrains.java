package dev.sightline.transport.webrtc.congestion;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * What the line carries, by how far apart packets arrive that were sent at once: the packets of a frame are such a train, so
 * that frames measure the line, and nothing is sent for that. A train shows the rate of the narrowest link if nothing else is
 * sent there meanwhile; the median of several is robust against those that shared it.
 *
 * <p>C. Dovrolis, P. Ramanathan, D. Moore: Packet-dispersion techniques and a capacity-estimation methodology, 2004.
 */
final class PacketTrains {
    private static final int TRAINS = 8;
    private static final int LEAST_TRAINS = 3;
    private static final int LEAST_PACKETS = 4;
    private static final long FRESH_NANOS = 1_500_000_000L;

    /** What arrives faster arrives at once, as far as the receiver's clock can tell. */
    private static final long LEAST_SPAN_NANOS = 2 * TransportFeedback.TICK_NANOS;

    private final double[] rates = new double[TRAINS];
    private final long[] measuredNanos = new long[TRAINS];
    private final double[] fresh = new double[TRAINS];
    private int trains;

    private long sentNanos = Long.MIN_VALUE;
    private long lastSeq;
    private int packets;
    private double bytes;
    private long firstArrivalNanos;
    private long lastArrivalNanos;

    /** A packet arrived, in the order of sending; those with the same instant were sent at once. */
    void arrived(long seq, long packetSentNanos, double packetBytes, long arrivalNanos) {
        if (packetSentNanos == sentNanos && seq == lastSeq + 1) {
            packets++;
            bytes += packetBytes;
            lastArrivalNanos = Math.max(lastArrivalNanos, arrivalNanos);
        } else {
            finish();
            sentNanos = packetSentNanos;
            packets = 1;
            bytes = 0; // the first packet opens the span
            firstArrivalNanos = arrivalNanos;
            lastArrivalNanos = arrivalNanos;
        }
        lastSeq = seq;
    }

    private void finish() {
        if (packets >= LEAST_PACKETS) {
            long span = Math.max(LEAST_SPAN_NANOS, lastArrivalNanos - firstArrivalNanos);
            rates[trains % TRAINS] = bytes * 8e9 / span;
            measuredNanos[trains % TRAINS] = lastArrivalNanos;
            trains++;
        }
    }

    /** The line may have changed. */
    void forget() {
        trains = 0;
    }

    /** Bits per second; empty unless several trains came within the last 1.5 s. */
    OptionalLong bitsPerSecond() {
        int count = 0;
        for (int i = 0; i < Math.min(trains, TRAINS); i++) {
            if (lastArrivalNanos - measuredNanos[i] <= FRESH_NANOS) {
                fresh[count++] = rates[i];
            }
        }
        if (count < LEAST_TRAINS) {
            return OptionalLong.empty();
        }
        Arrays.sort(fresh, 0, count);
        return OptionalLong.of(Math.round(fresh[(count - 1) / 2]));
    }
}
