package dev.sightline.transport.webrtc;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sightline.access.Access;
import dev.sightline.access.Action;
import dev.sightline.http.Need;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.openapi.Content;
import dev.sightline.http.openapi.Operation;
import dev.sightline.metrics.Family;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.transport.webrtc.transport.MediaPort;
import dev.sightline.transport.webrtc.transport.MediaTotals;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /live/NAME/whep} and {@code /live/NAME/whip}, and all media by one UDP port. If that port is not available, the
 * server runs without WebRTC and logs it. Safe for use by any thread.
 */
public final class WebRtcTransport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebRtcTransport.class);

    private final StreamRegistry streams;
    private final @Nullable MediaPort port;
    private final @Nullable Sessions sessions;
    private final SessionService desk;
    private final String trouble;

    private WebRtcTransport(StreamRegistry streams, WebRtcSettings settings, @Nullable MediaPort port, String trouble) {
        this.streams = streams;
        this.port = port;
        this.sessions = port == null ? null : new Sessions(streams, port, settings.maxBitsPerSecond());
        this.desk = sessions == null ? SessionService.closed(trouble) : sessions;
        this.trouble = trouble;
    }

    /**
     * Binds the port.
     *
     * @param host the address to bind
     */
    public static WebRtcTransport open(StreamRegistry streams, WebRtcSettings settings, String host) {
        try {
            return new WebRtcTransport(streams, settings, MediaPort.bind(settings.media(host)), "");
        } catch (BindException e) {
            return new WebRtcTransport(streams, settings, null, String.valueOf(e.getMessage()));
        }
    }

    /** Logs why WebRTC does not run, if so; call it once the server is sure to go on. */
    public void warn() {
        if (port == null) {
            LOG.warn("no WebRTC: {}", trouble);
        }
    }

    public void addTo(Routes routes) {
        new WhipWhepEndpoint(streams, desk).addTo(routes);
        routes.get(
                "/api/webrtc",
                Operation.of("webrtc", "listSessions", "the WebRTC sessions, with the reason of each one's state")
                        .answers(Content.json(Report.class)),
                request -> fresh(report(request.access())));
        routes.get(
                        "/api/webrtc/{session}",
                        Operation.of("webrtc", "readSession", "one of them")
                                .answers(Content.json(SessionStatus.class))
                                .refuses(404, "There is no such session, or it has ended long ago."),
                        request -> fresh(status(request.parameter("session"), request.access())))
                .needs("/api/webrtc", Need.login())
                .needs("/api/webrtc/{session}", Need.login());
    }

    /** Adds an address at which clients watch a stream by posting {@code {sdp, type}}. */
    public void addTo(Routes routes, String path, String stream) {
        new OfferEndpoint(streams, desk).addTo(routes, path, stream);
    }

    /** The UDP port; empty if WebRTC does not run. */
    public OptionalInt port() {
        return port == null ? OptionalInt.empty() : OptionalInt.of(port.port());
    }

    /** The metrics so far. */
    public List<Family> figures() {
        return port == null || sessions == null ? List.of() : Figures.of(port.totals(), sessions.repairs());
    }

    @Override
    public void close() {
        if (sessions != null) {
            sessions.close();
        }
        if (port != null) {
            port.close();
        }
    }

    /** Sessions are told to those who may control their streams: they say who watches, and from where. */
    private Report report(Access access) {
        if (port == null || sessions == null) {
            return new Report(
                    false,
                    Optional.of(trouble),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
        return new Report(
                true,
                Optional.empty(),
                OptionalInt.of(port.port()),
                Optional.of(port.totals()),
                Optional.of(sessions.feeds().stream()
                        .filter(feed -> access.may(Action.CONTROL, feed.stream()))
                        .toList()),
                Optional.of(told(sessions.statuses(), access)),
                Optional.of(told(sessions.ended(), access)));
    }

    private static List<SessionStatus> told(List<SessionStatus> all, Access access) {
        return all.stream()
                .filter(session -> access.may(Action.CONTROL, session.stream()))
                .toList();
    }

    /** Its id is known to its owner only. */
    private SessionStatus status(String id, Access access) {
        return Optional.ofNullable(sessions)
                .flatMap(running -> running.status(id))
                .filter(session -> access.sees(session.stream()))
                .orElseThrow(() -> new ProblemException(Problem.of(404, "there is no such session, or it has ended")));
    }

    private static Response fresh(Object value) {
        return Response.json(value).withHeader("Cache-Control", "no-store");
    }

    /**
     * What {@code /api/webrtc} answers. Where WebRTC does not run, all but the reason is absent.
     *
     * @param running whether it does
     * @param reason why not
     * @param port the UDP port
     * @param totals of all sessions
     * @param feeds how each rendition is sent
     * @param sessions that have not ended
     * @param ended the last that have, newest first
     */
    @JsonTypeName("WebRtc")
    private record Report(
            boolean running,
            Optional<String> reason,
            OptionalInt port,
            Optional<MediaTotals> totals,
            Optional<List<FeedStatus>> feeds,
            Optional<List<SessionStatus>> sessions,
            Optional<List<SessionStatus>> ended) {}
}
