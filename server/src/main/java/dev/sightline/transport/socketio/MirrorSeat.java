package dev.sightline.transport.socketio;

import dev.sightline.codec.Rendition;
import dev.sightline.socketio.Ack;
import dev.sightline.socketio.ConnectRefusedException;
import dev.sightline.socketio.StreamEvents;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Mirror;
import dev.sightline.stream.PublishException;
import dev.sightline.stream.Publisher;
import dev.sightline.stream.StreamLimitException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client of a {@code mirror:}: its private stream begins with its first picture, and answers it alone. */
final class MirrorSeat implements StreamBinding {
    private final ConnectedClient client;
    private final Mirror mirror;
    private final List<String> chosen;
    private final Rendition rendition;
    private final PictureForm form;
    private final Inbox inbox;
    private final Watching watching = new Watching();
    private @Nullable LiveStream stream;

    /**
     * A client that has sent nothing yet.
     *
     * @param chosen processors it wants besides the mirror's own
     */
    MirrorSeat(
            ConnectedClient client,
            Mirror mirror,
            List<String> chosen,
            StreamEvents events,
            PictureForm form,
            Figures figures) {
        this.client = client;
        this.mirror = mirror;
        this.chosen = chosen;
        this.rendition = PictureForm.rendition(events.reply());
        this.form = form;
        this.inbox = new Inbox(mirror.name(), events.in().event(), this::enter, client, figures);
    }

    @Override
    public void open() throws ConnectRefusedException {
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
        return inbox.event(name, arguments, ack);
    }

    @Override
    public Refusal refusal(String event) {
        return inbox.refusal(event);
    }

    private Publisher enter() throws PublishException {
        LiveStream begun = mirror.open(chosen);
        stream = begun;
        watch(begun, 0);
        return begun.publish();
    }

    private void watch(LiveStream begun, long afterSeq) {
        StreamSubscriber opened = new StreamSubscriber(
                client.session(), form, frame -> form.of(frame).pooledFrames(), () -> {}, status -> {});
        try {
            watching.begin(opened, begun, rendition, afterSeq);
        } catch (StreamLimitException e) {
            throw new IllegalStateException("a stream of one viewer encodes nothing else", e);
        }
    }
}
