package dev.sightline.transport.webrtc;

import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.transport.webrtc.sdp.SdpException;

/** The problems for clients that cannot have a session. */
final class SdpProblem {
    private SdpProblem() {}

    /** 400 for what cannot be parsed, 422 for what is not possible. */
    static ProblemException of(SdpException e) {
        return new ProblemException(Problem.of(e.isMalformed() ? 400 : 422, e.getMessage()));
    }
}
