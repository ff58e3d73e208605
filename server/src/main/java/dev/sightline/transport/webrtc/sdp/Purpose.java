package dev.sightline.transport.webrtc.sdp;

/** What a session is for, from the peer's view. */
public enum Purpose {
    /** It watches: we send. */
    WATCH,
    /** It publishes: we receive, whatever else it offers (RFC 9725 section 4.2). */
    PUBLISH,
    /** It publishes, and watches the processed frames if it offers to. */
    PUBLISH_AND_WATCH;

    boolean weReceive() {
        return this != WATCH;
    }

    boolean weMaySend() {
        return this != PUBLISH;
    }
}
