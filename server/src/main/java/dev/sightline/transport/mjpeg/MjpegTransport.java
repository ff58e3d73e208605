package dev.sightline.transport.mjpeg;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.Need;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.http.Routes;
import dev.sightline.http.SharedBuffers;
import dev.sightline.http.Sharing;
import dev.sightline.http.StreamedResponse;
import dev.sightline.refusal.Excerpt;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.fanout.ViewerIdentity;

/** Serves {@code /live/NAME/mjpeg} and {@code /live/NAME/jpeg}. */
public final class MjpegTransport {
    private static final int MAX_WIDTH = 100_000;

    private final StreamRegistry streams;
    private final SharedBuffers<Watched, EncodedFrame> shared = new SharedBuffers<>();

    public MjpegTransport(StreamRegistry streams) {
        this.streams = streams;
    }

    public void addTo(Routes routes) {
        routes.streamed(
                "/live/{name}/mjpeg", (request, response) -> watch(request.parameter("name"), request, response));
        routes.streamed("/live/{name}/jpeg", this::snapshot);
        routes.needs("/live/{name}/mjpeg", Need.watch("name")).needs("/live/{name}/jpeg", Need.watch("name"));
        routes.shared("/live/{name}/mjpeg", Sharing.EMBEDDABLE).shared("/live/{name}/jpeg", Sharing.EMBEDDABLE);
    }

    /** Adds one more address, for one stream. */
    public void addTo(Routes routes, String path, String name) {
        routes.streamed(path, (request, response) -> watch(name, request, response))
                .needs(path, Need.watchOf(name))
                .shared(path, Sharing.EMBEDDABLE);
    }

    private void watch(String name, Request request, StreamedResponse response) throws RefusedException {
        LiveStream stream = streams.watchable(name);
        Rendition rendition = rendition(request);
        PartForm form = form(request);
        if (request.method().equals("HEAD")) {
            response.begin(200, MjpegViewer.HEADERS, () -> {});
            return;
        }
        var parts = shared.join(response.executor(), new Watched(stream.name(), rendition, form), form::part);
        MjpegViewer viewer = new MjpegViewer(response, form, parts);
        try {
            viewer.start(stream.subscribe(rendition, response.executor(), viewer, identity("mjpeg", request)));
        } catch (RefusedException e) {
            parts.leave();
            throw e;
        }
    }

    private void snapshot(Request request, StreamedResponse response) throws RefusedException {
        LiveStream stream = streams.watchable(request.parameter("name"));
        Rendition rendition = rendition(request);
        Snapshot snapshot = new Snapshot(stream, rendition, response);
        snapshot.start(stream.status());
        if (snapshot.isDecided()) {
            return;
        }
        try {
            snapshot.watch(stream.subscribe(rendition, response.executor(), snapshot, identity("jpeg", request)));
        } catch (RefusedException e) {
            snapshot.refuse(Problem.of(e));
        }
    }

    private static ViewerIdentity identity(String transport, Request request) {
        return ViewerIdentity.of(
                        transport, request.client().name(), request.client().limited())
                .withKey(request.query("viewer"));
    }

    private static Rendition rendition(Request request) {
        int width = request.query("width", Rendition.SOURCE_WIDTH, 1, MAX_WIDTH);
        return Rendition.jpeg(width, request.query("quality", Rendition.DEFAULT_QUALITY, 1, 100));
    }

    private static PartForm form(Request request) {
        String headers = request.query("headers").orElse("");
        return switch (headers) {
            case "" -> PartForm.PLAIN;
            case "full" -> PartForm.FULL;
            default ->
                throw new ProblemException(
                        Problem.of(400, "headers is 'full' or left out, not '" + Excerpt.of(headers) + "'"));
        };
    }

    /** Identifies viewers that get the same bytes. */
    private record Watched(String stream, Rendition rendition, PartForm form) {}
}
