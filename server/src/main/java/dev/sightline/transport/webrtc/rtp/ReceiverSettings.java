package dev.sightline.transport.webrtc.rtp;

import dev.sightline.frame.Codec;
import java.util.OptionalInt;

/**
 * The negotiated settings for a publisher's video.
 *
 * @param codec {@link Codec#VP8} or {@link Codec#H264}
 * @param payloadType of the video, 0 to 127; packets of other types are counted and ignored
 * @param rtxPayloadType of retransmissions (RFC 4588) whose {@code apt} is the video's; empty: they are sent unchanged
 * @param ssrc our own, for reports, 0 to 2<sup>32</sup> - 1
 * @param cname our canonical name
 * @param bitsPerSecond the most that the publisher may send
 */
public record ReceiverSettings(
        Codec codec, int payloadType, OptionalInt rtxPayloadType, long ssrc, String cname, int bitsPerSecond) {
    /** A bound for a webcam. */
    public static final int DEFAULT_BITS_PER_SECOND = 4_000_000;
}
