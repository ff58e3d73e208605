package dev.sightline.transport.webrtc.rtp;

/**
 * Where finished packets go, in plain text: towards one peer.
 *
 * <p>All calls come from the media thread. The array belongs to the caller, who uses it again after the call: a sink
 * encrypts or copies at once.
 */
public interface PacketSink {
    /** One RTP packet. */
    void rtp(byte[] packet, int offset, int length);

    /** One compound RTCP packet. */
    void rtcp(byte[] packet, int offset, int length);

    /** What was written so far may leave: the end of a frame, or of an answer. */
    void flush();
}
