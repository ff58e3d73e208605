package dev.sightline.transport.webrtc.sdp;

import dev.sightline.transport.webrtc.parameters.Fingerprint;
import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.util.List;
import java.util.Optional;

/**
 * The other side's parameters of a connection.
 *
 * @param credentials for ICE
 * @param fingerprints of its certificate, by hash functions that can be trusted
 * @param setup who begins the DTLS handshake
 */
public record TransportSide(
        Optional<IceCredentials> credentials, List<Fingerprint> fingerprints, Optional<Setup> setup) {

    /** Copies the list. */
    public TransportSide {
        fingerprints = List.copyOf(fingerprints);
    }

    /** The fingerprint to check: SHA-256's, which every peer supports, before longer ones. */
    public Optional<Fingerprint> fingerprint() {
        return fingerprints.stream()
                .filter(each -> each.hash().equals("sha-256"))
                .findFirst()
                .or(() -> fingerprints.stream().findFirst());
    }
}
