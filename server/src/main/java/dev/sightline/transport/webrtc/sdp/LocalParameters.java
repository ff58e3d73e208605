package dev.sightline.transport.webrtc.sdp;

import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.util.List;

/**
 * What our side of a session says of itself.
 *
 * @param credentials for ICE
 * @param fingerprint of our certificate, {@code sha-256 AB:CD:…}
 * @param candidates each {@code candidate:1 1 udp 2130706431 192.0.2.1 8190 typ host}, without {@code a=}
 * @param sessionId for the {@code o=} line, not negative
 * @param ssrc of the pictures we send, 0 to 2<sup>32</sup> - 1
 * @param retransmissionSsrc of the packets we send again
 * @param cname what both have in common (RFC 7022)
 */
public record LocalParameters(
        IceCredentials credentials,
        String fingerprint,
        List<String> candidates,
        long sessionId,
        long ssrc,
        long retransmissionSsrc,
        String cname) {

    /** Copies the list. */
    public LocalParameters {
        candidates = List.copyOf(candidates);
    }
}
