package dev.sightline.transport.webrtc.sdp;

import dev.sightline.transport.webrtc.parameters.Fingerprint;
import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a session is to do, after both sides' descriptions.
 *
 * @param section which section of the description carries the pictures, from 0
 * @param mid the section's name, where it has one
 * @param direction seen from here: SENDONLY to a viewer, RECVONLY from a publisher, or both ways
 * @param format of what is sent, and of what comes
 * @param extensions ids, 1 to 14, of the header extensions that both sides know
 * @param reducedSizeRtcp whether RTCP packets may come alone
 * @param layer the one simulcast encoding that is to come; empty where there is only one
 * @param connection to whom it goes
 */
public record Negotiated(
        int section,
        Optional<String> mid,
        Direction direction,
        VideoFormat format,
        Map<HeaderExtension, Integer> extensions,
        boolean reducedSizeRtcp,
        Optional<String> layer,
        Connection connection) {

    /** Copies the map. */
    public Negotiated {
        Map<HeaderExtension, Integer> copy = new EnumMap<>(HeaderExtension.class);
        copy.putAll(extensions);
        extensions = Collections.unmodifiableMap(copy);
    }

    /**
     * The other side, and how both come together.
     *
     * @param remoteCredentials of the other side's ICE; empty while it has not answered
     * @param remoteFingerprint of the other side's certificate; empty while it has not answered
     * @param setup our part in the DTLS handshake
     */
    public record Connection(
            Optional<IceCredentials> remoteCredentials, Optional<Fingerprint> remoteFingerprint, Setup setup) {
        /** The other side has not answered yet. */
        public static final Connection UNANSWERED = new Connection(Optional.empty(), Optional.empty(), Setup.ACTPASS);

        /** We wait for the other side to begin the DTLS handshake, unless it only waits too, as FFmpeg 8 does. */
        static Connection to(TransportSide theirs) {
            boolean waits = theirs.setup().equals(Optional.of(Setup.PASSIVE));
            return new Connection(theirs.credentials(), theirs.fingerprint(), waits ? Setup.ACTIVE : Setup.PASSIVE);
        }
    }

    /** The same after an ICE restart of the other side. */
    public Negotiated with(IceCredentials anew) {
        return new Negotiated(
                section,
                mid,
                direction,
                format,
                extensions,
                reducedSizeRtcp,
                layer,
                new Connection(Optional.of(anew), connection.remoteFingerprint(), connection.setup()));
    }

    /** The id of a header extension, if both sides know it. */
    public OptionalInt extension(HeaderExtension extension) {
        Integer id = extensions.get(extension);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** Whether we send. */
    public boolean sends() {
        return direction.sends();
    }

    /** Whether we receive. */
    public boolean receives() {
        return direction.receives();
    }
}
