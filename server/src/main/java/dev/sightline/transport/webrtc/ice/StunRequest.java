package dev.sightline.transport.webrtc.ice;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import java.util.Optional;

/**
 * An ICE check as it came (RFC 8445 section 7.2): a STUN binding request. It is well-formed, and not yet known to be
 * authentic.
 *
 * @param localUfrag the first part of its USERNAME: whom it is for
 * @param transaction the first eight bytes of its transaction's name
 * @param useCandidate whether the peer wants media to go where this came from
 * @param controlled whether the peer believes that this side is in control
 * @param integrityAt where its MESSAGE-INTEGRITY is
 */
public record StunRequest(
        String localUfrag, long transaction, boolean useCandidate, boolean controlled, int integrityAt) {

    /** Reads a packet that begins at 0; empty if it is anything else, or has no USERNAME or MESSAGE-INTEGRITY. */
    public static Optional<StunRequest> parse(byte[] packet, int length) {
        if (!Stun.isMessage(packet, length) || BigEndian.u16(packet, 0) != Stun.BINDING_REQUEST) {
            return Optional.empty();
        }
        return new StunReader(packet, length).request();
    }
}
