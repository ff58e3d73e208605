package dev.sightline.transport.websocket;

import dev.sightline.stream.PublishException;

/** The codes that WebSockets are closed with here (RFC 6455 section 7.4); from 4000 they are HTTP's, and 4000. */
final class CloseCode {
    static final int GOING_AWAY = 1001;
    static final int TRY_AGAIN_LATER = 1013;
    static final int FORBIDDEN = 4403;
    static final int UNKNOWN_STREAM = 4404;
    static final int TAKEN = 4409;

    private CloseCode() {}

    /** For a sender that is refused. */
    static int of(PublishException.Reason reason) {
        return switch (reason) {
            case WRONG_KIND, NOT_OFFERED -> FORBIDDEN;
            case TAKEN -> TAKEN;
            case LIMIT -> TRY_AGAIN_LATER;
            case ENDED -> GOING_AWAY;
        };
    }
}
