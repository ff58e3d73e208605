package dev.sightline.transport.webrtc;

import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.refusal.Excerpt;

/** The media types of signalling. */
final class MediaType {
    /** A complete description (RFC 8866). */
    static final String SDP = "application/sdp";

    /** A fragment that comes later (RFC 8840). */
    static final String FRAGMENT = "application/trickle-ice-sdpfrag";

    private MediaType() {}

    /**
     * Refuses a body of another type.
     *
     * @param listed the header field of the answer that lists accepted types
     * @throws ProblemException 415
     */
    static void check(Request request, String wanted, String listed) {
        String type = request.header("Content-Type").orElse("");
        if (!type.replaceFirst(";.*", "").strip().equalsIgnoreCase(wanted)) {
            throw new ProblemException(Problem.of(
                            415,
                            Excerpt.of(request.path()) + " takes " + wanted + ", not "
                                    + (type.isEmpty() ? "untyped bytes" : Excerpt.of(type))))
                    .withHeader(listed, wanted);
        }
    }
}
