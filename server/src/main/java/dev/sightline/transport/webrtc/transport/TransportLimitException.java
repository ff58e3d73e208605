package dev.sightline.transport.webrtc.transport;

/** There are as many transports as the settings allow, and the peers of all of them are connected. */
public final class TransportLimitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private TransportLimitException(String message) {
        super(message);
    }

    static TransportLimitException inAll(int max) {
        return new TransportLimitException(
                "there are " + max + " WebRTC sessions already, and no more are allowed (webrtc: max-sessions)");
    }

    static TransportLimitException ofClient(int max) {
        return new TransportLimitException(
                "there are " + max
                        + " WebRTC sessions of one address already, and no more are allowed (webrtc: max-sessions-per-address)");
    }

    static TransportLimitException unnamed(int max) {
        return new TransportLimitException(max + " offers of this server wait for an answer already");
    }

    static TransportLimitException atOnce() {
        return new TransportLimitException("too many ask for WebRTC sessions at once: try again in a second");
    }
}
