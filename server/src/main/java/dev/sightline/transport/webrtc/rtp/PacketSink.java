package dev.sightline.transport.webrtc.rtp;

/**
 * Takes finished packets in plain text, for one peer.
 *
 * <p>All calls come from the media thread. The caller reuses the array after the call, so a sink encrypts or copies at once.
 */
public interface PacketSink {
    /** One RTP packet. */
    void rtp(byte[] packet, int offset, int length);

    /** One compound RTCP packet. */
    void rtcp(byte[] packet, int offset, int length);

    /** Sends what was written so far: the end of a frame, or of an answer. */
    void flush();
}
