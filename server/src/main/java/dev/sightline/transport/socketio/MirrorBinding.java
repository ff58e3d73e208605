package dev.sightline.transport.socketio;

import dev.sightline.codec.Rendition;
import dev.sightline.refusal.RefusedException;
import dev.sightline.socketio.Ack;
import dev.sightline.socketio.StreamEvents;
import dev.sightline.stream.Entrance;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Mirror;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client of a {@code mirror:}: its private stream begins with its first frame, and answers only this client. */
final class MirrorBinding implements StreamBinding {
    private final ConnectedClient client;
    private final Rendition rendition;
    private final EventForm form;
    private final Inbox inbox;
    private final Inputs inputs;
    private final Watching watching;
    private @Nullable LiveStream stream;

    /**
     * Creates a binding for a client that has sent nothing yet.
     *
     * @param chosen processors it wants besides the mirror's own
     */
    MirrorBinding(
            ConnectedClient client,
            Mirror mirror,
            List<String> chosen,
            StreamEvents events,
            EventForm form,
            Figures figures) {
        this.client = client;
        this.watching = new Watching(client);
        this.rendition = EventForm.rendition(events.reply());
        this.form = form;
        Entrance entrance = new Entrance(mirror, chosen, StreamOffer.sender(client), this::entered);
        this.inputs = new Inputs(client, figures);
        this.inbox = new Inbox(mirror.name(), events.in().event(), entrance, client, figures);
    }

    @Override
    public void open() throws RefusedException {
        LiveStream begun = stream;
        if (begun != null) {
            watch(begun, watching.shownSeq());
        }
    }

    @Override
    public void pause() {
        watching.pause();
    }

    @Override
    public void close() {
        watching.close();
        inbox.close();
    }

    @Override
    public boolean event(String name, List<?> arguments, Ack ack) {
        LiveStream begun = stream;
        return inbox.event(name, arguments, ack) || begun != null && inputs.event(begun, name, arguments, ack);
    }

    @Override
    public Refusal refusal(String event) {
        return inbox.refusal(event);
    }

    private void entered(LiveStream begun) throws RefusedException {
        stream = begun;
        watch(begun, 0);
    }

    private void watch(LiveStream begun, long afterSeq) throws RefusedException {
        StreamSubscriber opened =
                new StreamSubscriber(client, form, frame -> form.of(frame).pooledFrames(), () -> {}, status -> {});
        watching.begin(opened, begun, rendition, afterSeq);
    }
}
