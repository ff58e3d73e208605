package dev.sightline.transport.webrtc.link;

/** There are as many links as the settings allow. */
public final class TooManyLinksException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyLinksException(int max) {
        super("there are " + max + " WebRTC sessions already, and no more are allowed (webrtc: max-sessions)");
    }
}
