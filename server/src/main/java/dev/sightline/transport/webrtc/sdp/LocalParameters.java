package dev.sightline.transport.webrtc.sdp;

import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.util.List;

/**
 * The parameters of our side of a session.
 *
 * @param credentials for ICE
 * @param fingerprint of our certificate, {@code sha-256 AB:CD:…}
 * @param candidates each {@code candidate:1 1 udp 2130706431 192.0.2.1 8190 typ host}, without {@code a=}
 * @param sessionId for the {@code o=} line, not negative
 * @param ssrc of the frames we send, 0 to 2<sup>32</sup> - 1
 * @param retransmissionSsrc of the packets we retransmit
 * @param cname common to both (RFC 7022)
 */
public record LocalParameters(
        IceCredentials credentials,
        String fingerprint,
        List<String> candidates,
        long sessionId,
        long ssrc,
        long retransmissionSsrc,
        String cname) {

    public LocalParameters {
        candidates = List.copyOf(candidates);
    }
}
