package dev.sightline.transport.webrtc;

import dev.sightline.frame.Codec;
import dev.sightline.http.Headers;
import dev.sightline.http.Need;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.refusal.Excerpt;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.Mirror;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.transport.webrtc.sdp.CodecPreferences;
import dev.sightline.transport.webrtc.sdp.RemoteDescription;
import dev.sightline.transport.webrtc.sdp.SdpException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Serves WHIP, {@code /live/NAME/whip} (RFC 9725), and WHEP, {@code /live/NAME/whep} (draft-ietf-wish-whep). */
final class WhipWhepEndpoint {
    static final String WHEP = "/live/{name}/whep";
    static final String WHIP = "/live/{name}/whip";

    private final StreamRegistry streams;
    private final SessionService desk;

    /** Creates an endpoint for the given streams and sessions. */
    WhipWhepEndpoint(StreamRegistry streams, SessionService desk) {
        this.streams = streams;
        this.desk = desk;
    }

    void addTo(Routes routes) {
        routes.post(WHEP, this::watch);
        routes.post(WHIP, this::publish);
        routes.needs(WHEP, Need.watch("name")).needs(WHIP, Need.publish("name"));
        for (String path : List.of(WHEP, WHIP)) {
            routes.onOptions(path, Headers.NONE.with("Accept-Post", MediaType.SDP));
            new SessionResource(desk, path.equals(WHIP)).addTo(routes, path + "/{id}");
            routes.needs(path + "/{id}", path.equals(WHIP) ? Need.publish("name") : Need.watch("name"));
        }
    }

    private Response watch(Request request) throws RefusedException {
        String name = request.parameter("name");
        MediaType.check(request, MediaType.SDP, "Accept-Post");
        streams.watchable(name); // before the body is judged
        CodecPreferences wishes = codecs(request);
        try {
            RemoteDescription offer = RemoteDescription.parse(request.text());
            return created(request, desk.watch(name, offer, wishes, Caller.of(request)))
                    .withHeader("Link", "<metadata>; rel=\"describedby\"; type=\"text/event-stream\"");
        } catch (SdpException e) {
            throw SdpProblem.of(e);
        }
    }

    private Response publish(Request request) throws RefusedException {
        String name = request.parameter("name");
        MediaType.check(request, MediaType.SDP, "Accept-Post");
        PublishWishes wishes =
                new PublishWishes(isAsked(request, "watch"), request.queryList("process"), codecs(request));
        checkPublishable(streams.find(name), wishes.watch());
        try {
            RemoteDescription offer = RemoteDescription.parse(request.text());
            return created(request, desk.publish(name, offer, wishes, Caller.of(request)));
        } catch (SdpException e) {
            throw SdpProblem.of(e);
        }
    }

    /** Refuses a sender for what the stream is. */
    private static void checkPublishable(NamedStream stream, boolean watch) throws RefusedException {
        if (stream instanceof Mirror && !watch) {
            String name = stream.name();
            throw new RefusedException(
                    Reason.WRONG_KIND,
                    "stream '" + name + "' answers each sender alone: send to /live/" + name
                            + "/whip?watch with an offer that is sendrecv");
        }
        Optional<String> whyNot = stream.whyNotPublishable();
        if (whyNot.isPresent()) {
            throw new RefusedException(Reason.WRONG_KIND, whyNot.get());
        }
    }

    private static Response created(Request request, SessionService.Answered answered) {
        String location = request.path().replaceFirst("/$", "") + "/" + answered.id();
        return Response.bytes(MediaType.SDP, answered.sdp().getBytes(StandardCharsets.UTF_8))
                .withStatus(201)
                .withHeader("Location", location)
                .withHeader("ETag", SessionResource.quoted(answered.etag()))
                .withHeader("Accept-Patch", MediaType.FRAGMENT)
                .withHeader("Cache-Control", "no-store");
    }

    /** {@code ?codec=h264,vp8}: only these, in this order. */
    private static CodecPreferences codecs(Request request) {
        List<Codec> codecs = request.queryList("codec").stream()
                .map(WhipWhepEndpoint::codec)
                .distinct()
                .toList();
        return codecs.isEmpty() ? CodecPreferences.ANY : CodecPreferences.inOrder(codecs);
    }

    private static Codec codec(String name) {
        return Stream.of(Codec.VP8, Codec.H264)
                .filter(codec -> codec.codecName().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(
                        400, "codec is vp8 or h264, or both with a comma between, not '" + Excerpt.of(name) + "'")));
    }

    private static boolean isAsked(Request request, String name) {
        Optional<String> value = request.query(name);
        return value.isPresent() && !value.get().equals("false");
    }
}
