package dev.sightline.transport.webrtc.congestion;

/**
 * When packets with consecutive transport-wide sequence numbers arrived (transport-cc: draft-holmer-rmcat-transport-wide-cc-extensions-01).
 *
 * @param firstSeq the number of the first packet, 0 to 65,535
 * @param arrivals for each packet, when it arrived: in {@link #TICK_NANOS} of the receiver's clock, modulo 2<sup>32</sup>; or
 *     {@link #LOST}
 */
public record TransportFeedback(int firstSeq, long[] arrivals) {
    /** The unit of the arrivals: 250 µs. */
    public static final long TICK_NANOS = 250_000;

    /** It has not arrived so far. */
    public static final long LOST = -1;
}
