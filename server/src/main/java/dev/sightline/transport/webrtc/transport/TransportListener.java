package dev.sightline.transport.webrtc.transport;

/**
 * Receives the events of a {@link PeerTransport}. All calls are made on the media thread and must not wait. Packets are
 * decrypted, in an array that is reused after the call. An exception ends the transport. Every method does nothing by default.
 */
public interface TransportListener {

    /** Whether the peer will send media: packets that come before their keys are then stored briefly. */
    default boolean awaitsMedia() {
        return false;
    }

    /**
     * The peer has proved that it receives what is sent to its address: by an answer to our check, by TCP, or by the handshake.
     * Called once, before {@link #onConnected}: start expensive work here, not earlier.
     */
    default void onProved() {}

    /** Media can flow from now on. */
    default void onConnected() {}

    /** An RTP packet has come, authentic and not seen before. */
    default void onRtp(byte[] packet, int offset, int length) {}

    /** A compound RTCP packet has come, authentic and not seen before. */
    default void onRtcp(byte[] packet, int offset, int length) {}

    /** The transport has ended for good. {@code why} is a sentence for people. */
    default void onClosed(String why) {}
}
