package dev.sightline.transport.webrtc.rtp;

import java.util.OptionalLong;

/**
 * What went to one viewer and what the viewer said about it, for diagnostics.
 *
 * @param frames pictures sent
 * @param packets sent for the first time
 * @param bytes of RTP, with headers, without retransmissions
 * @param retransmitted packets sent again
 * @param retransmittedBytes of RTP, with headers
 * @param nacked packets the viewer asked for again
 * @param unrecoverable of these, no longer kept
 * @param withheld of these, not sent as too much was being sent again
 * @param keyframeRequests PLIs and FIRs
 * @param framesWithheld pictures not sent, as the viewer lacked the keyframe before them
 * @param lost packets that the viewer's last report counts as lost, repaired or not
 * @param lossPercent in the last second or so
 * @param roundTripNanos by the last report
 * @param jitterNanos by the last report
 * @param remb the viewer's last estimate, in bits a second
 */
public record SenderStatistics(
        long frames,
        long packets,
        long bytes,
        long retransmitted,
        long retransmittedBytes,
        long nacked,
        long unrecoverable,
        long withheld,
        long keyframeRequests,
        long framesWithheld,
        long lost,
        double lossPercent,
        OptionalLong roundTripNanos,
        OptionalLong jitterNanos,
        OptionalLong remb) {}
