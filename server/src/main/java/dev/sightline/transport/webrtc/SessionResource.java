package dev.sightline.transport.webrtc;

import dev.sightline.http.CommaSeparated;
import dev.sightline.http.Headers;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.transport.webrtc.sdp.Fragment;
import dev.sightline.transport.webrtc.sdp.SdpException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Serves the address of one session: PATCH for candidates and ICE restarts, DELETE (RFC 9725 sections 4.2 and 4.3). */
final class SessionResource {
    private final SessionService desk;
    private final boolean publishes;

    /** Creates the endpoint for publishing or for watching sessions. */
    SessionResource(SessionService desk, boolean publishes) {
        this.desk = desk;
        this.publishes = publishes;
    }

    void addTo(Routes routes, String path) {
        routes.patch(path, this::patch);
        routes.delete(path, this::end);
        routes.onOptions(path, Headers.NONE.with("Accept-Patch", MediaType.FRAGMENT));
    }

    static String quoted(String etag) {
        return '"' + etag + '"';
    }

    private Response patch(Request request) {
        SessionService.SessionInfo session = session(request);
        MediaType.check(request, MediaType.FRAGMENT, "Accept-Patch");
        checkCondition(request, session.etag());
        try {
            Fragment fragment = Fragment.parse(request.text());
            boolean restart = conditions(request).contains("*");
            return desk.patch(request.parameter("id"), fragment, restart, Caller.of(request))
                    .map(SessionResource::restarted)
                    .orElseGet(() -> Response.empty(204));
        } catch (SdpException e) {
            throw SdpProblem.of(e);
        }
    }

    private Response end(Request request) {
        session(request);
        desk.end(request.parameter("id"));
        return Response.empty(200);
    }

    private static Response restarted(SessionService.Restarted restarted) {
        return Response.bytes(MediaType.FRAGMENT, restarted.fragment().getBytes(StandardCharsets.UTF_8))
                .withHeader("ETag", quoted(restarted.etag()))
                .withHeader("Cache-Control", "no-store");
    }

    /**
     * Refuses candidates of an earlier ICE session; a client that restarts ICE sends {@code *}. Many clients send no condition
     * when they trickle. RFC 9725 requires a 428 answer, at which they give up, so no condition counts as the latest session.
     */
    private static void checkCondition(Request request, String etag) {
        List<String> wanted = conditions(request);
        boolean says = !request.headers().all("If-Match").isEmpty();
        if (says && !wanted.contains(quoted(etag)) && !wanted.contains("*")) {
            throw new ProblemException(Problem.of(412, "If-Match is not the ETag of the session's latest answer"))
                    .withHeader("ETag", quoted(etag));
        }
    }

    private static List<String> conditions(Request request) {
        return CommaSeparated.of(request.headers().all("If-Match")).stream()
                .map(value -> value.equals(quoted("*")) ? "*" : value)
                .toList();
    }

    private SessionService.SessionInfo session(Request request) {
        return desk.standing(request.parameter("id"))
                .filter(session -> session.publishes() == publishes)
                .filter(session -> session.stream().equals(request.parameter("name")))
                .filter(session -> session.owner().isOfSame(request.access()))
                .orElseThrow(() -> new ProblemException(Problem.of(404, "there is no such session, or it has ended")));
    }
}
