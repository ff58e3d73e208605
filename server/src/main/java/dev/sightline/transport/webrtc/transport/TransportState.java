package dev.sightline.transport.webrtc.transport;

/** How far a {@link PeerTransport} has come; it only ever moves forward. */
public enum TransportState {
    /** No packet of this transport has arrived. */
    WAITING,
    /** The peer's ICE checks arrive and are answered, but it has not begun to agree on keys. */
    REACHED,
    /** The DTLS handshake is under way. */
    SECURING,
    /** Media can flow. */
    CONNECTED,
    /** It has ended. */
    CLOSED
}
