package dev.sightline.testkit.webrtc;

/**
 * When a peer reached what, as {@link System#nanoTime}; 0 for what has not happened.
 *
 * @param asked its offer was sent, or its answer made
 * @param answered the server's description was there
 * @param reached the server answered ICE's question
 * @param secured DTLS was over
 * @param firstPacket media began
 * @param firstPicture a whole keyframe was there
 */
public record PeerTimes(long asked, long answered, long reached, long secured, long firstPacket, long firstPicture) {

    /** From the offer to the first picture in milliseconds. */
    public double firstPictureMillis() {
        return (firstPicture - asked) / 1e6;
    }

    /** From the offer to the end of DTLS in milliseconds. */
    public double securedMillis() {
        return (secured - asked) / 1e6;
    }
}
