package dev.sightline.transport.webrtc;

import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.stream.PublishException;
import dev.sightline.transport.webrtc.sdp.SdpException;

/** What is answered to those who cannot have a session. */
final class Refusals {
    private Refusals() {}

    /** 400 for what cannot be read, 422 for what cannot be had. */
    static ProblemException of(SdpException e) {
        return new ProblemException(Problem.of(e.isMalformed() ? 400 : 422, e.getMessage()));
    }

    static ProblemException of(PublishException e) {
        return new ProblemException(Problem.of(status(e.reason()), String.valueOf(e.getMessage())));
    }

    private static int status(PublishException.Reason reason) {
        return switch (reason) {
            case WRONG_KIND, NOT_OFFERED -> 403;
            case TAKEN -> 409;
            case ENDED -> 410;
            case LIMIT -> 503;
        };
    }
}
