package dev.sightline.testkit.webrtc;

/**
 * What a peer has seen so far.
 *
 * @param lost packets that never came, though later ones did
 * @param late packets of pictures already given up
 * @param frames pictures that were whole and could be decoded
 * @param brokenFrames pictures that were not
 * @param goodbye whether the server said BYE
 */
public record PeerStats(long lost, long late, long frames, long brokenFrames, boolean goodbye) {}
