package dev.sightline.transport.webrtc.rtp;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.OptionalLong;

/**
 * What came from one publisher, what was lost and what was repaired, for diagnostics.
 *
 * @param frames complete pictures handed on
 * @param keyframes of these
 * @param arrivals of packets
 * @param nacked packets asked for, each once
 * @param keyframeRequests PLIs sent
 * @param framesDropped pictures given up: incomplete, too large, or built on one that was lost
 * @param jitterNanos of arrival (RFC 3550, A.8)
 * @param roundTripNanos from asking for a packet to having it
 */
public record ReceiverStatistics(
        long frames,
        long keyframes,
        @JsonUnwrapped Arrivals arrivals,
        long nacked,
        long keyframeRequests,
        long framesDropped,
        long jitterNanos,
        OptionalLong roundTripNanos) {

    /**
     * Packets that came, and that did not.
     *
     * @param packets of video, without retransmissions and duplicates
     * @param bytes of RTP, with headers, all that came
     * @param lost packets that never came, by the sequence numbers
     * @param repaired packets that came only after they had been asked for
     * @param duplicates packets that were there already, or came too late
     * @param foreign packets of other payload types or sources, and such as could not be read
     */
    public record Arrivals(long packets, long bytes, long lost, long repaired, long duplicates, long foreign) {}
}
