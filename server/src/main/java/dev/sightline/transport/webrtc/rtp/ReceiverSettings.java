package dev.sightline.transport.webrtc.rtp;

import dev.sightline.frame.Codec;
import java.util.OptionalInt;

/**
 * What was negotiated for the video that comes from a publisher.
 *
 * @param codec {@link Codec#VP8} or {@link Codec#H264}
 * @param payloadType of the video, 0 to 127; packets of other types are counted and passed over
 * @param rtxPayloadType of retransmissions (RFC 4588) whose {@code apt} is the video's; empty: they come as they were
 * @param ssrc our own, in the reports' name, 0 to 2<sup>32</sup> - 1
 * @param cname our canonical name
 * @param bitsPerSecond what the publisher may send at most
 */
public record ReceiverSettings(
        Codec codec, int payloadType, OptionalInt rtxPayloadType, long ssrc, String cname, int bitsPerSecond) {
    /** A bound for a webcam. */
    public static final int DEFAULT_BITS_PER_SECOND = 4_000_000;
}
