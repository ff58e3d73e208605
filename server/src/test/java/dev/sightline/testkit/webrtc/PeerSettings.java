package dev.sightline.testkit.webrtc;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What a peer asks for and how it behaves.
 *
 * @param codecs offered, the dearest first
 * @param profiles offered for SRTP, the dearest first
 * @param repair whether lost packets are asked for again and, where that fails, a keyframe
 * @param feedback whether it tells when packets arrived (transport-cc), for which it takes retransmissions in a stream of
 *     their own
 * @param headersOnly for load: of each picture only the first packet is decrypted, and no picture is put together
 * @param candidate which of the server's addresses may be taken; of these a loopback address, else the first
 * @param answer changes the server's description before it is read, for example to lead through a relay
 */
public record PeerSettings(
        List<VideoCodec> codecs,
        List<SrtpProfile> profiles,
        boolean repair,
        boolean feedback,
        boolean headersOnly,
        Predicate<Candidate> candidate,
        UnaryOperator<String> answer) {
    /** Over UDP, with repair. */
    public static final PeerSettings DEFAULTS = new PeerSettings(
            List.of(VideoCodec.values()),
            List.of(SrtpProfile.values()),
            true,
            false,
            false,
            candidate -> !candidate.tcp(),
            UnaryOperator.identity());

    /** For many peers in one process. */
    public static final PeerSettings LOAD = new PeerSettings(
            List.of(VideoCodec.values()),
            List.of(SrtpProfile.values()),
            false,
            true,
            true,
            candidate -> !candidate.tcp(),
            UnaryOperator.identity());

    /** The same with other codecs. */
    public PeerSettings with(VideoCodec... others) {
        return new PeerSettings(List.of(others), profiles, repair, feedback, headersOnly, candidate, answer);
    }

    /** The same with other ways of encryption. */
    public PeerSettings with(SrtpProfile... others) {
        return new PeerSettings(codecs, List.of(others), repair, feedback, headersOnly, candidate, answer);
    }

    /** The same, which does not mind losses. */
    public PeerSettings withoutRepair() {
        return new PeerSettings(codecs, profiles, false, feedback, headersOnly, candidate, answer);
    }

    /** The same, which tells when packets arrived. */
    public PeerSettings withFeedback() {
        return new PeerSettings(codecs, profiles, repair, true, headersOnly, candidate, answer);
    }

    /** The same with addresses of another kind. */
    public PeerSettings by(Predicate<Candidate> other) {
        return new PeerSettings(codecs, profiles, repair, feedback, headersOnly, other, answer);
    }

    /** The same over TCP. */
    public PeerSettings overTcp() {
        return by(Candidate::tcp);
    }

    /** The same, which reads the server's description so changed. */
    public PeerSettings rewriting(UnaryOperator<String> other) {
        return new PeerSettings(codecs, profiles, repair, feedback, headersOnly, candidate, other);
    }
}
