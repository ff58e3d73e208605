package dev.sightline.transport.webrtc;

import dev.sightline.http.Need;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.refusal.Excerpt;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.transport.webrtc.sdp.CodecPreferences;
import dev.sightline.transport.webrtc.sdp.RemoteDescription;
import dev.sightline.transport.webrtc.sdp.SdpException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Serves the exchange of many tutorials' pages: {@code {sdp, type}} as JSON, by POST. An offer gets an answer. {@code {"sdp":
 * "", "type": "offer"}} asks for our offer; its answer may be posted to the same address, but such pages also play without
 * that.
 */
final class OfferEndpoint {
    private final StreamRegistry streams;
    private final SessionService desk;
    private final Invitations invitations = new Invitations();

    /** Creates an endpoint for the given streams and sessions. */
    OfferEndpoint(StreamRegistry streams, SessionService desk) {
        this.streams = streams;
        this.desk = desk;
    }

    /** Adds an address for one stream. */
    void addTo(Routes routes, String path, String stream) {
        routes.post(path, request -> exchange(stream, request)).needs(path, Need.watchOf(stream));
    }

    private Response exchange(String stream, Request request) throws RefusedException {
        streams.watchable(stream); // before the body is judged
        Description said = request.json(Description.class);
        Caller caller = Caller.of(request);
        try {
            return switch (said.type()) {
                case "offer" -> said.sdp().isBlank() ? invite(stream, caller) : answer(stream, said, caller);
                case "answer" -> accept(stream, said);
                default ->
                    throw new ProblemException(Problem.of(
                            400, "type is 'offer' or 'answer', not '" + Excerpt.of(String.valueOf(said.type())) + "'"));
            };
        } catch (SdpException e) {
            throw SdpProblem.of(e);
        }
    }

    private Response answer(String stream, Description said, Caller caller) throws SdpException, RefusedException {
        RemoteDescription offer = RemoteDescription.parse(said.sdp());
        String answer = desk.watch(stream, offer, CodecPreferences.ANY, caller).sdp();
        return fresh(new Description(answer, "answer"));
    }

    private Response invite(String stream, Caller caller) throws RefusedException {
        String mid = invitations.mid();
        SessionService.Answered offered = desk.invite(stream, mid, caller);
        invitations.sent(mid, stream, offered.id());
        return fresh(new Description(offered.sdp(), "offer"));
    }

    private Response accept(String stream, Description said) throws SdpException {
        RemoteDescription answer = RemoteDescription.parse(said.sdp());
        String id = answer.sections().stream()
                .flatMap(section -> section.mid().stream())
                .flatMap(mid -> invitations.answered(mid, stream).stream())
                .findFirst()
                .orElseThrow(
                        () -> new ProblemException(
                                Problem.of(
                                        409,
                                        "no offer of ours waits for this answer: ask for one with {\"sdp\": \"\", \"type\": \"offer\"}")));
        desk.answered(id, answer);
        return fresh(Map.of());
    }

    private static Response fresh(Object body) {
        return Response.json(body).withHeader("Cache-Control", "no-store");
    }

    /** A session description as browsers' RTCSessionDescription writes it in JSON. */
    private record Description(String sdp, String type) {
        Description(@Nullable String sdp, @Nullable String type) {
            this.sdp = sdp == null ? "" : sdp;
            this.type = type == null ? "offer" : type;
        }
    }
}
