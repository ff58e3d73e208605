package dev.sightline.transport.webrtc.rtp;

import dev.sightline.frame.Codec;

/**
 * A complete frame that came by RTP.
 *
 * @param bytes a VP8 frame, or an H.264 access unit in Annex B form with SPS and PPS before an IDR picture; owned by the
 *     listener
 * @param rtpTimestamp the publisher's, at 90 kHz, 0 to 2<sup>32</sup> - 1
 * @param arrivalNanos when its last missing packet came
 */
public record ReceivedFrame(Codec codec, byte[] bytes, boolean keyframe, long rtpTimestamp, long arrivalNanos) {}
