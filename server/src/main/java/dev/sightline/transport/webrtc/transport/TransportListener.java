package dev.sightline.transport.webrtc.transport;

/**
 * Who hears of a {@link PeerTransport}. All is called on the media thread and must not wait; packets are decrypted, and lie in an
 * array that is used again after the call. What is thrown ends the transport. Every method does nothing unless it is overridden.
 */
public interface TransportListener {

    /** Whether the peer is to send media: that which comes before its keys is then kept for a moment. */
    default boolean awaitsMedia() {
        return false;
    }

    /**
     * The peer has shown that it is where packets are sent to: by an answer to a check of ours, by TCP, or by the handshake. Called
     * once, before {@link #onConnected}: what costs anything is begun now, and not before.
     */
    default void onProved() {}

    /** Media can flow from now on. */
    default void onConnected() {}

    /** An RTP packet has come, authentic and not seen before. */
    default void onRtp(byte[] packet, int offset, int length) {}

    /** A compound RTCP packet has come, authentic and not seen before. */
    default void onRtcp(byte[] packet, int offset, int length) {}

    /** The transport has ended, once and for all. {@code why} is a sentence for people. */
    default void onClosed(String why) {}
}
