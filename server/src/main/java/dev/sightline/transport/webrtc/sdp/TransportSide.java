package dev.sightline.transport.webrtc.sdp;

import dev.sightline.transport.webrtc.parameters.Fingerprint;
import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.util.List;
import java.util.Optional;

/**
 * What the other side says about its end of a connection.
 *
 * @param credentials for ICE
 * @param iceOptions for example {@code trickle}
 * @param fingerprints of its certificate, by hash functions that can be trusted
 * @param setup who begins the DTLS handshake
 */
public record TransportSide(
        Optional<IceCredentials> credentials,
        List<String> iceOptions,
        List<Fingerprint> fingerprints,
        Optional<Setup> setup) {

    /** Copies the lists. */
    public TransportSide {
        iceOptions = List.copyOf(iceOptions);
        fingerprints = List.copyOf(fingerprints);
    }

    /** The fingerprint to check: SHA-256's, which everybody gives, before longer ones. */
    public Optional<Fingerprint> fingerprint() {
        return fingerprints.stream()
                .filter(each -> each.hash().equals("sha-256"))
                .findFirst()
                .or(() -> fingerprints.stream().findFirst());
    }
}
