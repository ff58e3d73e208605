package dev.sightline.transport.metadata;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.http.Routes;
import dev.sightline.http.SharedBuffers;
import dev.sightline.http.StreamedResponse;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamLimitException;
import dev.sightline.stream.StreamRegistry;
import java.time.Duration;

/**
 * Serves {@code /live/NAME/metadata}: an event for every picture that leaves the pipeline, so that a page that watches by
 * WebRTC can match what it shows with what was found in it, by {@code rtpTimestamp}.
 */
public final class MetadataTransport {
    /** A comment comes after 7 to 14 s of silence: proxies' patience ends at 30 s or later. */
    private static final Duration SILENCE = Duration.ofSeconds(7);

    private final StreamRegistry streams;
    private final Duration silence;
    private final SharedBuffers<String, EncodedFrame> shared = new SharedBuffers<>();

    /** With the streams to serve. */
    public MetadataTransport(StreamRegistry streams) {
        this(streams, SILENCE);
    }

    /** With another time after which something is said where nothing happens. */
    MetadataTransport(StreamRegistry streams, Duration silence) {
        this.streams = streams;
        this.silence = silence;
    }

    /** Adds its address. */
    public void addTo(Routes routes) {
        routes.streamed("/live/{name}/metadata", this::watch);
    }

    private void watch(Request request, StreamedResponse response) {
        LiveStream stream = stream(request.parameter("name"));
        if (request.method().equals("HEAD")) {
            response.begin(200, MetadataViewer.HEADERS, () -> {});
            return;
        }
        var events = shared.join(response.executor(), stream.name(), Event::picture);
        MetadataViewer viewer = new MetadataViewer(response, events);
        try {
            viewer.start(stream.subscribe(Rendition.METADATA, response.executor(), viewer), silence);
        } catch (StreamLimitException e) {
            events.leave();
            throw new ProblemException(Problem.of(503, String.valueOf(e.getMessage())));
        }
    }

    private LiveStream stream(String name) {
        streams.mirror(name).ifPresent(mirror -> {
            throw new ProblemException(Problem.of(403, mirror.unwatchable()));
        });
        return streams.find(name)
                .orElseThrow(() -> new ProblemException(Problem.unknown("stream", name, streams.nearest(name))));
    }
}
