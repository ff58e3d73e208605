package dev.sightline.testkit.webrtc;

/**
 * What a peer has seen so far.
 *
 * @param packets of video, each counted once
 * @param bytes of them on the wire
 * @param lost packets that never came, though later ones did
 * @param repaired packets that came by retransmission
 * @param duplicates packets that came twice
 * @param late packets of pictures already given up
 * @param refused packets that could not be decrypted: forged, repeated, or from an unknown key
 * @param frames pictures that were whole and could be decoded
 * @param brokenFrames pictures that were not
 * @param keyframes whole ones that need no other
 * @param nacks packets asked for again
 * @param keyframeRequests PLI and FIR sent
 * @param senderReports that came
 * @param consents answers to ICE's questions
 * @param goodbye whether the server said BYE
 */
public record PeerStats(
        long packets,
        long bytes,
        long lost,
        long repaired,
        long duplicates,
        long late,
        long refused,
        long frames,
        long brokenFrames,
        long keyframes,
        long nacks,
        long keyframeRequests,
        long senderReports,
        long consents,
        boolean goodbye) {}
