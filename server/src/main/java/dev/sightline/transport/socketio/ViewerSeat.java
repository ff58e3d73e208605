package dev.sightline.transport.socketio;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.SharedBuffers;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamLimitException;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.transport.socketio.engine.EngineSession;
import dev.sightline.transport.socketio.engine.Wire;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A client that watches a stream, and may send pictures to it if it is a {@code publish:} one. */
final class ViewerSeat implements StreamBinding {
    private static final Wire ENDED = PacketEncoder.encode(Namespace.event("/", OptionalLong.empty(), "ended"));

    private final EngineSession session;
    private final LiveStream stream;
    private final Rendition rendition;
    private final PictureForm form;
    private final SharedBuffers<PictureForm, EncodedFrame> shared;
    private final String sendEvent;
    private final Optional<Inbox> inbox;
    private final Watching watching = new Watching();
    private boolean endTold;

    /**
     * A viewer that does not watch yet.
     *
     * @param sendEvent by which pictures come, where they are taken
     * @param inbox takes its pictures, where the stream is fed by senders
     */
    ViewerSeat(
            EngineSession session,
            LiveStream stream,
            Rendition rendition,
            PictureForm form,
            SharedBuffers<PictureForm, EncodedFrame> shared,
            String sendEvent,
            Optional<Inbox> inbox) {
        this.session = session;
        this.stream = stream;
        this.rendition = rendition;
        this.form = form;
        this.shared = shared;
        this.sendEvent = sendEvent;
        this.inbox = inbox;
    }

    @Override
    public void open() throws ConnectRefusedException {
        var messages =
                shared.join(session.executor(), form, frame -> form.of(frame).pooledFrames());
        StreamSubscriber begun = new StreamSubscriber(session, form, messages::of, messages::leave, this::tellEnd);
        try {
            watching.begin(begun, stream, rendition, watching.shownSeq());
        } catch (StreamLimitException e) {
            throw new ConnectRefusedException(String.valueOf(e.getMessage()), Map.of("status", 503));
        }
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
        return inbox.filter(pictures -> pictures.event(name, arguments, ack)).isPresent();
    }

    @Override
    public Refusal refusal(String event) {
        return inbox.map(pictures -> pictures.refusal(event))
                .or(() -> stream.whyNotPublishable()
                        .filter(why -> event.equals(sendEvent))
                        .map(why -> new Refusal(Refusal.FORBIDDEN, why)))
                .orElseGet(() -> Refusal.unknown(event, ", and stream '" + stream.name() + "' takes no pictures"));
    }

    private void tellEnd(StreamStatus status) {
        boolean ended = status.state() == StreamState.ENDED;
        if (ended && !endTold) {
            session.send(ENDED);
        }
        endTold = ended;
    }
}
