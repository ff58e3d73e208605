package dev.sightline.transport.metadata;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.Need;
import dev.sightline.http.Request;
import dev.sightline.http.Routes;
import dev.sightline.http.SharedBuffers;
import dev.sightline.http.StreamedResponse;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.fanout.ViewerIdentity;
import java.time.Duration;

/**
 * Serves {@code /live/NAME/metadata}: an event for every frame that leaves the pipeline, so that a page that watches by WebRTC
 * can match frames with their metadata by {@code rtpTimestamp}.
 */
public final class MetadataTransport {
    /** A comment comes after 7 to 14 s of silence: proxies time out at 30 s or later. */
    private static final Duration SILENCE = Duration.ofSeconds(7);

    private final StreamRegistry streams;
    private final Duration silence;
    private final SharedBuffers<String, EncodedFrame> shared = new SharedBuffers<>();

    public MetadataTransport(StreamRegistry streams) {
        this(streams, SILENCE);
    }

    /** Uses another time of silence before a comment. */
    MetadataTransport(StreamRegistry streams, Duration silence) {
        this.streams = streams;
        this.silence = silence;
    }

    public void addTo(Routes routes) {
        routes.streamed("/live/{name}/metadata", this::watch).needs("/live/{name}/metadata", Need.watch("name"));
    }

    private void watch(Request request, StreamedResponse response) throws RefusedException {
        LiveStream stream = streams.watchable(request.parameter("name"));
        if (request.method().equals("HEAD")) {
            response.begin(200, MetadataViewer.HEADERS, () -> {});
            return;
        }
        var events = shared.join(response.executor(), stream.name(), EventForm::picture);
        MetadataViewer viewer = new MetadataViewer(response, events);
        try {
            ViewerIdentity identity = ViewerIdentity.of(
                    "metadata", request.client().name(), request.client().limited());
            viewer.start(stream.subscribe(Rendition.METADATA, response.executor(), viewer, identity), silence);
        } catch (RefusedException e) {
            events.leave();
            throw e;
        }
    }
}
