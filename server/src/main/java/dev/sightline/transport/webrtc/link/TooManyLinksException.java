package dev.sightline.transport.webrtc.link;

/** There are as many links as the settings allow, and the peers of all of them are connected. */
public final class TooManyLinksException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private TooManyLinksException(String message) {
        super(message);
    }

    static TooManyLinksException inAll(int max) {
        return new TooManyLinksException(
                "there are " + max + " WebRTC sessions already, and no more are allowed (webrtc: max-sessions)");
    }

    static TooManyLinksException ofClient(int max) {
        return new TooManyLinksException(
                "there are " + max
                        + " WebRTC sessions of one address already, and no more are allowed (webrtc: max-sessions-per-address)");
    }

    static TooManyLinksException unnamed(int max) {
        return new TooManyLinksException(max + " offers of this server wait for an answer already");
    }

    static TooManyLinksException atOnce() {
        return new TooManyLinksException("too many ask for WebRTC sessions at once: try again in a second");
    }
}
