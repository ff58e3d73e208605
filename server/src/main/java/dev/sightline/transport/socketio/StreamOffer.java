package dev.sightline.transport.socketio;

import dev.sightline.access.Action;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.CommaSeparated;
import dev.sightline.http.SharedBuffers;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.socketio.FramePayload;
import dev.sightline.socketio.Handshake;
import dev.sightline.socketio.PictureEvent;
import dev.sightline.socketio.StreamEvents;
import dev.sightline.stream.Entrance;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Mirror;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.Sender;
import dev.sightline.stream.StreamRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The streams for Socket.IO clients: which stream a client gets, and in which events. */
final class StreamOffer {
    /** The transport's name. */
    static final String TRANSPORT = "socketio";

    private final StreamRegistry streams;
    private final Function<String, StreamEvents> events;
    private volatile Map<String, FramePayload> payloads;
    private final Figures figures;
    /** By stream: as long as its configuration stays the same, all its clients share one. */
    private final Map<String, Form> forms = new ConcurrentHashMap<>();

    private final SharedBuffers<EventForm, EncodedFrame> shared = new SharedBuffers<>();

    /**
     * Serves the given streams.
     *
     * @param events of a stream, by its name, for clients that come from now on
     * @param payloads the program's own payloads, by stream
     */
    StreamOffer(
            StreamRegistry streams,
            Function<String, StreamEvents> events,
            Map<String, FramePayload> payloads,
            Figures figures) {
        this.streams = streams;
        this.figures = figures;
        this.events = events;
        this.payloads = Map.copyOf(payloads);
    }

    /** Uses other payloads, by the stream's name; for present clients too. */
    void use(Map<String, FramePayload> others) {
        payloads = Map.copyOf(others);
    }

    /**
     * The place of a client at the stream it chose in {@code auth} or the query, else at the first of all.
     *
     * @throws RefusedException if there is no such stream, or it does not offer the processors that the client chose
     */
    Optional<StreamBinding> binding(ConnectedClient client) throws RefusedException {
        Handshake handshake = client.handshake();
        Optional<String> name = handshake.choice("stream");
        List<NamedStream> all = streams.all(client.access());
        if (name.isEmpty() && all.isEmpty()) {
            return Optional.empty();
        }
        NamedStream stream = name.isPresent() ? streams.find(name.get(), client.access()) : all.get(0);
        List<String> chosen = chosen(handshake);
        stream.checkChoice(chosen);
        if (stream instanceof Mirror && !client.access().may(Action.PUBLISH, stream.name())) {
            throw new RefusedException(Reason.FORBIDDEN, unpublishable(stream));
        }
        return Optional.of(
                stream instanceof Mirror mirror
                        ? mirror(mirror, chosen, client)
                        : viewer((LiveStream) stream, chosen, client));
    }

    private static String unpublishable(NamedStream stream) {
        return "this login may watch '" + stream.name() + "', and not send to it";
    }

    private StreamBinding viewer(LiveStream stream, List<String> chosen, ConnectedClient client) {
        StreamEvents told = events.apply(stream.name());
        String event = told.in().event();
        boolean mayPublish = client.access().may(Action.PUBLISH, stream.name());
        Optional<Inbox> inbox = !mayPublish || stream.whyNotPublishable().isPresent()
                ? Optional.empty()
                : Optional.of(new Inbox(
                        stream.name(),
                        event,
                        new Entrance(stream, chosen, sender(client, event), entered -> {}),
                        client,
                        figures));
        return new ViewerBinding(
                client,
                stream,
                EventForm.rendition(told.out()),
                form(stream.name(), told.out()),
                shared,
                event,
                mayPublish ? stream.whyNotPublishable() : Optional.of(unpublishable(stream)),
                inbox,
                new Inputs(client, figures));
    }

    /** A client that may send frames. */
    static Sender sender(ConnectedClient client) {
        return new Sender(TRANSPORT, client.session().client().name(), why -> client.disconnect());
    }

    /** The same, which goes on as a viewer when it loses its place. */
    private static Sender sender(ConnectedClient client, String event) {
        Sender sender = sender(client);
        return new Sender(
                sender.transport(),
                sender.address(),
                sender.onDisconnect(),
                why -> new Refusal(why.status(), why.getMessage()).tell(client, event));
    }

    private StreamBinding mirror(Mirror mirror, List<String> chosen, ConnectedClient client) {
        StreamEvents told = events.apply(mirror.name());
        return new MirrorBinding(client, mirror, chosen, told, made(mirror.name(), told.reply()), figures);
    }

    private static List<String> chosen(Handshake handshake) {
        return handshake.choice("process").map(CommaSeparated::of).orElse(List.of());
    }

    private EventForm form(String stream, PictureEvent out) {
        return forms.compute(
                        stream,
                        (name, present) ->
                                present != null && present.out().equals(out) ? present : new Form(out, made(name, out)))
                .form();
    }

    /** The program's own payload is asked for each frame: another version may have another. */
    private EventForm made(String stream, PictureEvent out) {
        FramePayload usual = EventForm.payload(out);
        return new EventForm(
                out.event(), frame -> payloads.getOrDefault(stream, usual).of(frame));
    }

    private record Form(PictureEvent out, EventForm form) {}
}
