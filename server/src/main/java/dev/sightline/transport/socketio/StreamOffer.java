package dev.sightline.transport.socketio;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.CommaSeparated;
import dev.sightline.http.Problem;
import dev.sightline.http.SharedBuffers;
import dev.sightline.socketio.ConnectRefusedException;
import dev.sightline.socketio.FramePayload;
import dev.sightline.socketio.Handshake;
import dev.sightline.socketio.PictureEvent;
import dev.sightline.socketio.StreamEvents;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Mirror;
import dev.sightline.stream.PublishException;
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
    private final Figures figures;
    private final Map<String, PictureForm> forms = new ConcurrentHashMap<>();
    private final SharedBuffers<PictureForm, EncodedFrame> shared = new SharedBuffers<>();

    /**
     * With the streams to serve.
     *
     * @param events by stream; those of others are the default
     * @param payloads what a program makes of a stream's pictures, by stream
     */
    StreamOffer(
            StreamRegistry streams,
            Map<String, StreamEvents> events,
            Map<String, FramePayload> payloads,
            Figures figures) {
        this.streams = streams;
        this.figures = figures;
        this.events = Map.copyOf(events);
        this.payloads = Map.copyOf(payloads);
    }

    /** The place of a client at the stream it chose in {@code auth} or the query, else at the default stream. */
    Optional<StreamBinding> seat(ConnectedClient client) throws ConnectRefusedException {
        Handshake handshake = client.handshake();
        Optional<String> name =
                handshake.choice("stream").or(() -> streams.names().stream().findFirst());
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<LiveStream> stream = streams.find(name.get());
        Optional<Mirror> mirror = streams.mirror(name.get());
        List<String> chosen = chosen(handshake);
        try {
            if (stream.isPresent()) {
                return Optional.of(viewer(stream.get(), chosen, client));
            }
            if (mirror.isPresent()) {
                return Optional.of(mirror(mirror.get(), chosen, client));
            }
        } catch (PublishException e) {
            throw new ConnectRefusedException(
                    String.valueOf(e.getMessage()), Map.of("status", Inbox.status(e.reason())));
        }
        throw unknown(name.get());
    }

    private StreamBinding viewer(LiveStream stream, List<String> chosen, ConnectedClient client)
            throws PublishException {
        if (!chosen.isEmpty()) {
            stream.checkChoice(chosen);
        }
        StreamEvents told = events(stream.name());
        Optional<Inbox> inbox = stream.isPublishable()
                ? Optional.of(
                        new Inbox(stream.name(), told.in().event(), () -> stream.publish(chosen), client, figures))
                : Optional.empty();
        return new ViewerSeat(
                client.session(),
                stream,
                PictureForm.rendition(told.out()),
                form(stream.name(), told.out()),
                shared,
                told.in().event(),
                inbox);
    }

    private StreamBinding mirror(Mirror mirror, List<String> chosen, ConnectedClient client) throws PublishException {
        mirror.checkChoice(chosen);
        StreamEvents told = events(mirror.name());
        FramePayload own = payloads.get(mirror.name());
        PictureForm reply = own == null
                ? new PictureForm(told.reply())
                : new PictureForm(told.reply().event(), own);
        return new MirrorSeat(client, mirror, chosen, told, reply, figures);
    }

    private static List<String> chosen(Handshake handshake) {
        return handshake.choice("process").map(CommaSeparated::of).orElse(List.of());
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
        return new ConnectRefusedException(
                Problem.unknown("stream", name, streams.nearest(name)).detail(), Map.of("status", 404));
    }
}
