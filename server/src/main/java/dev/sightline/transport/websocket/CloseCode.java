package dev.sightline.transport.websocket;

import dev.sightline.refusal.RefusedException;

/** The codes that close WebSockets here (RFC 6455 section 7.4); from 4000 on they are HTTP's status codes, and 4000. */
final class CloseCode {
    static final int GOING_AWAY = 1001;
    static final int FORBIDDEN = 4_403;

    private static final int TRY_AGAIN_LATER = 1013;
    private static final int HTTP = 4_000;

    private CloseCode() {}

    /** For a viewer or sender that is refused. */
    static int of(RefusedException.Reason reason) {
        return switch (reason) {
            case UNKNOWN, LOGIN, FORBIDDEN, WRONG_KIND, NOT_OFFERED, NOT_TAKEN, MALFORMED, TOO_MANY, TAKEN ->
                HTTP + reason.status();
            case LIMIT -> TRY_AGAIN_LATER;
            case ENDED -> GOING_AWAY;
        };
    }
}
