package dev.sightline.transport.webrtc.rtp;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What went to one viewer and what the viewer said about it, for diagnostics.
 *
 * @param frames sent, or not
 * @param keyframeRequests PLIs and FIRs
 * @param retransmissions of lost packets
 * @param report what the viewer said last
 */
public record SenderStatistics(Frames frames, long keyframeRequests, Retransmissions retransmissions, Report report) {

    /**
     * Frames.
     *
     * @param sent all of it
     * @param withheld not sent, as the viewer lacked the keyframe before them
     * @param dropped not sent, as the line does not carry their temporal layer
     * @param temporalLayer the highest that may be sent now, from 0, where the encoder makes layers; 2: all
     */
    public record Frames(long sent, long withheld, long dropped, int temporalLayer) {}

    /**
     * Packets sent again.
     *
     * @param nacked packets the viewer asked for again
     * @param packets sent again
     * @param bytes of RTP, with headers
     * @param unrecoverable of those asked for, no longer kept
     * @param withheld of those asked for, not sent: too late, or more than the line carries
     */
    public record Retransmissions(long nacked, long packets, long bytes, long unrecoverable, long withheld) {}

    /**
     * The viewer's last report.
     *
     * @param lost packets that it counts as lost, repaired or not
     * @param lossPercent in the last second or so
     * @param roundTripNanos to the viewer and back
     * @param jitterNanos of arrival
     * @param remb the viewer's estimate of the bandwidth, in bits per second
     * @param line as we estimate it; empty if the viewer has not told when packets arrived
     */
    public record Report(
            long lost,
            double lossPercent,
            OptionalLong roundTripNanos,
            OptionalLong jitterNanos,
            OptionalLong remb,
            Optional<Line> line) {}

    /**
     * The line to the viewer, as the sender estimates it from transport-wide feedback.
     *
     * @param bitsPerSecond that it carries
     * @param queueNanos how long packets waited in queues in the last half second or so, in the mean
     * @param datagramBytes of UDP payload in the largest datagram that passes
     */
    public record Line(long bitsPerSecond, long queueNanos, int datagramBytes) {}
}
