package dev.sightline.transport.socketio;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.FaultLog;
import dev.sightline.http.SharedBuffers;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.RenditionLimitException;
import dev.sightline.stream.StreamState;
import dev.sightline.stream.StreamStatus;
import dev.sightline.stream.Subscriber;
import dev.sightline.stream.Subscription;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A client that watches a stream. Used on its session's event loop. */
final class ViewerSeat implements StreamSeat {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(ViewerSeat.class));
    private static final Wire ENDED = PacketEncoder.encode(Namespace.event("/", OptionalLong.empty(), "ended"));

    private final EngineSession session;
    private final LiveStream stream;
    private final Rendition rendition;
    private final PictureForm form;
    private final SharedBuffers<PictureForm, EncodedFrame> shared;
    private long shownSeq;
    private boolean endTold;
    private @Nullable Watch watch;

    ViewerSeat(
            EngineSession session,
            LiveStream stream,
            Rendition rendition,
            PictureForm form,
            SharedBuffers<PictureForm, EncodedFrame> shared) {
        this.session = session;
        this.stream = stream;
        this.rendition = rendition;
        this.form = form;
        this.shared = shared;
    }

    @Override
    public void open() throws ConnectRefusedException {
        Watch begun = new Watch();
        try {
            begun.subscription = stream.subscribe(rendition, session.executor(), begun);
            watch = begun;
        } catch (RenditionLimitException e) {
            begun.messages.leave();
            throw new ConnectRefusedException(String.valueOf(e.getMessage()), Map.of("status", 503));
        }
    }

    @Override
    public void close() {
        Watch ending = watch;
        watch = null;
        if (ending != null) {
            ending.close();
        }
    }

    @Override
    public boolean event(String name, List<?> arguments) {
        return false;
    }

    private void tellEnd(boolean ended) {
        if (ended && !endTold) {
            session.send(ENDED);
        }
        endTold = ended;
    }

    /** The subscription on one event loop. */
    private final class Watch implements Subscriber, Feed {
        private final SharedBuffers.Share<PictureForm, EncodedFrame> messages =
                shared.join(session.executor(), form, frame -> form.of(frame).pooledFrames());
        private @Nullable Subscription subscription;
        private @Nullable EncodedFrame newest;
        private boolean closed;

        @Override
        public void onFrame(EncodedFrame frame) {
            newest = frame;
            if (frame.seq() <= shownSeq || !isPayloadMade(frame)) {
                gone();
            } else if (!closed) {
                session.offer(this);
            }
        }

        @Override
        public void onState(StreamStatus status) {
            if (!closed) {
                tellEnd(status.state() == StreamState.ENDED);
            }
        }

        @Override
        public void onEnd() {
            if (!closed) {
                tellEnd(true);
            }
        }

        @Override
        public ByteBuf frames() {
            return messages.of(taken());
        }

        @Override
        public byte[] payload() {
            EncodedFrame frame = taken();
            return isPayloadMade(frame) ? form.of(frame).payload() : EngineSession.NOOP.payload();
        }

        @Override
        public void gone() {
            Subscription watching = subscription;
            if (!closed && watching != null) {
                watching.ready();
            }
        }

        /** What is newest by the time it goes out. */
        private EncodedFrame taken() {
            EncodedFrame frame = newest;
            Subscription watching = subscription;
            if (frame == null || watching == null) {
                throw new IllegalStateException("there is no picture to send");
            }
            frame = watching.newest(frame);
            newest = frame;
            shownSeq = frame.seq();
            return frame;
        }

        private void close() {
            closed = true;
            if (subscription != null) {
                subscription.close();
            }
            messages.leave();
        }

        private boolean isPayloadMade(EncodedFrame frame) {
            try {
                form.of(frame);
                return true;
            } catch (RuntimeException e) {
                FAULTS.report("stream '" + stream.name() + "': a payload cannot be made", e);
                return false;
            }
        }
    }
}
