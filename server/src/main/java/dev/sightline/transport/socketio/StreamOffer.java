package dev.sightline.transport.socketio;

import dev.sightline.config.Nearest;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.Problem;
import dev.sightline.http.SharedBuffers;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The streams as Socket.IO clients see them: which one a client gets, and in what events. */
final class StreamOffer {
    private final StreamRegistry streams;
    private final Map<String, StreamEvents> events;
    private final Map<String, FramePayload> payloads;
    private final Map<String, PictureForm> forms = new ConcurrentHashMap<>();
    private final SharedBuffers<PictureForm, EncodedFrame> shared = new SharedBuffers<>();

    /**
     * With the streams to serve.
     *
     * @param events by stream; those of others are the default
     * @param payloads what a program makes of a stream's pictures, by stream
     */
    StreamOffer(StreamRegistry streams, Map<String, StreamEvents> events, Map<String, FramePayload> payloads) {
        this.streams = streams;
        this.events = Map.copyOf(events);
        this.payloads = Map.copyOf(payloads);
    }

    /** The place of a client at the stream it chose in {@code auth} or the query, else at the default stream. */
    Optional<StreamSeat> seat(Client client, EngineSession session) throws ConnectRefusedException {
        Optional<String> chosen =
                client.handshake().auth("stream").or(() -> client.handshake().query("stream"));
        Optional<LiveStream> stream = chosen.isPresent() ? streams.find(chosen.get()) : streams.defaultStream();
        if (chosen.isPresent() && stream.isEmpty()) {
            throw unknown(chosen.get());
        }
        return stream.map(found -> viewer(found, session));
    }

    private StreamSeat viewer(LiveStream stream, EngineSession session) {
        PictureEvent out = events(stream.name()).out();
        return new ViewerSeat(session, stream, out.rendition(), form(stream.name(), out), shared);
    }

    private StreamEvents events(String stream) {
        return events.getOrDefault(stream, StreamEvents.DEFAULTS);
    }

    private PictureForm form(String stream, PictureEvent out) {
        return forms.computeIfAbsent(stream, name -> {
            FramePayload own = payloads.get(name);
            return own == null ? new PictureForm(out) : new PictureForm(out.event(), own);
        });
    }

    private ConnectRefusedException unknown(String name) {
        List<String> nearest = Nearest.to(name, streams.names()).stream().toList();
        return new ConnectRefusedException(
                Problem.unknown("stream", name, nearest).detail(), Map.of("status", 404));
    }
}
