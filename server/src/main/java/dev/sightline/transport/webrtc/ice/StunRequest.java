package dev.sightline.transport.webrtc.ice;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import java.util.Optional;

/**
 * An ICE check as it came (RFC 8445 section 7.2): a STUN binding request. It is well-formed, and not yet known to be authentic.
 *
 * @param localUfrag the first part of its USERNAME: the user fragment of the addressed agent
 * @param transaction the first eight bytes of its transaction id
 * @param useCandidate whether the peer nominates this path for media
 * @param controlled whether the peer believes that this side is controlling
 * @param integrityAt the index of its MESSAGE-INTEGRITY
 */
public record StunRequest(
        String localUfrag, long transaction, boolean useCandidate, boolean controlled, int integrityAt) {

    /** Parses a packet that begins at index 0; empty if it is anything else, or has no USERNAME or MESSAGE-INTEGRITY. */
    public static Optional<StunRequest> parse(byte[] packet, int length) {
        if (!Stun.isMessage(packet, length) || BigEndian.u16(packet, 0) != Stun.BINDING_REQUEST) {
            return Optional.empty();
        }
        return new StunReader(packet, length).request();
    }
}
