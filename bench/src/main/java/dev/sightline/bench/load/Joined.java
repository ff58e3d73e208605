package dev.sightline.bench.load;

/**
 * How viewers came in over WebRTC; times run from the offer's sending, in milliseconds.
 *
 * @param asked how many wanted to
 * @param playing how many had a whole keyframe within 20 s
 * @param securedP50 until DTLS was over, of the viewer in the middle
 * @param pictureP50 until the first whole keyframe, of the viewer in the middle
 * @param pictureP99 the same, 99th percentile
 * @param pictureMax the same, of the last
 * @param trouble why one of those who do not play does not; empty if all play
 */
public record Joined(
        int asked,
        int playing,
        double securedP50,
        double pictureP50,
        double pictureP99,
        double pictureMax,
        String trouble) {}
