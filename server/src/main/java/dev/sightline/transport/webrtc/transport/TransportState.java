package dev.sightline.transport.webrtc.transport;

/** The state of a {@link PeerTransport}; it only moves forward. */
public enum TransportState {
    /** No packet of this transport has arrived. */
    WAITING,
    /** The peer's ICE checks arrive and are answered, but the DTLS handshake has not begun. */
    REACHED,
    /** The DTLS handshake is under way. */
    SECURING,
    /** Media can flow. */
    CONNECTED,
    /** It has ended. */
    CLOSED
}
