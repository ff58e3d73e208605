package dev.sightline.transport.socketio;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.SharedBuffers;
import dev.sightline.refusal.RefusedException;
import dev.sightline.socketio.Ack;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.transport.socketio.engine.Wire;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A client that watches a stream, and may send frames to a {@code publish:} one. */
final class ViewerBinding implements StreamBinding {
    private static final Wire ENDED = PacketEncoder.encode(OpenNamespace.event("/", OptionalLong.empty(), "ended"));

    private final ConnectedClient client;
    private final LiveStream stream;
    private final Rendition rendition;
    private final EventForm form;
    private final SharedBuffers<EventForm, EncodedFrame> shared;
    private final String sendEvent;
    private final Optional<String> whyNot;
    private final Optional<Inbox> inbox;
    private final Inputs inputs;
    private final Watching watching;
    private boolean endTold;

    /**
     * Creates a binding that does not watch yet.
     *
     * @param sendEvent the event for frames, if the stream accepts them
     * @param whyNot why it can send none; empty if it can
     * @param inbox accepts its frames, if senders provide the stream
     * @param inputs accepts what it sends to processors
     */
    ViewerBinding(
            ConnectedClient client,
            LiveStream stream,
            Rendition rendition,
            EventForm form,
            SharedBuffers<EventForm, EncodedFrame> shared,
            String sendEvent,
            Optional<String> whyNot,
            Optional<Inbox> inbox,
            Inputs inputs) {
        this.client = client;
        this.watching = new Watching(client);
        this.stream = stream;
        this.rendition = rendition;
        this.form = form;
        this.shared = shared;
        this.sendEvent = sendEvent;
        this.whyNot = whyNot;
        this.inbox = inbox;
        this.inputs = inputs;
    }

    @Override
    public void open() throws RefusedException {
        var messages = shared.join(
                client.session().executor(), form, frame -> form.of(frame).pooledFrames());
        StreamSubscriber begun = new StreamSubscriber(client, form, messages::of, messages::leave, this::tellEnd);
        watching.begin(begun, stream, rendition, watching.shownSeq());
    }

    @Override
    public void pause() {
        watching.pause();
    }

    @Override
    public void close() {
        watching.close();
        inbox.ifPresent(Inbox::close);
    }

    @Override
    public boolean event(String name, List<?> arguments, Ack ack) {
        return inbox.filter(pictures -> pictures.event(name, arguments, ack)).isPresent()
                || inputs.event(stream, name, arguments, ack);
    }

    @Override
    public Refusal refusal(String event) {
        return inputs.refusal(stream, event)
                .or(() -> inbox.map(pictures -> pictures.refusal(event)))
                .or(() -> whyNot.filter(why -> event.equals(sendEvent)).map(why -> new Refusal(Refusal.FORBIDDEN, why)))
                .orElseGet(() -> Refusal.unknown(event, ", and stream '" + stream.name() + "' takes no pictures"));
    }

    private void tellEnd(StreamStatus status) {
        boolean ended = status.state() == StreamState.ENDED;
        if (ended && !endTold) {
            client.session().send(ENDED);
        }
        endTold = ended;
    }
}
