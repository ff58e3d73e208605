package dev.sightline.transport.socketio;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.limits.RateLimitedLog;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.fanout.Subscription;
import dev.sightline.stream.fanout.ViewerIdentity;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.transport.socketio.engine.EngineSession;
import dev.sightline.transport.socketio.engine.EventLoops;
import dev.sightline.transport.socketio.engine.Feed;
import dev.sightline.transport.socketio.engine.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A session's subscription to a stream on one event loop, and its output. Used on that event loop. When the session moves to
 * another loop, the next subscription begins before this one ends, so that no result is lost in between.
 */
final class StreamSubscriber implements Subscriber, Feed {
    private static final RateLimitedLog FAULTS = new RateLimitedLog(LoggerFactory.getLogger(StreamSubscriber.class));

    private final EngineSession session;
    private final Runnable onDisconnect;
    private final EventForm form;
    private final Function<EncodedFrame, ByteBuf> frames;
    private final Runnable onClose;
    private final Consumer<StreamStatus> onState;
    private final EventExecutor executor;
    private @Nullable Subscription subscription;
    private @Nullable EncodedFrame newest;
    private long shownSeq;
    private volatile boolean muted;

    /**
     * Creates a subscription that has not begun.
     *
     * @param client who gets the frames
     * @param frames ready WebSocket frames of a frame; the caller of it owns them
     * @param onClose frees their source
     * @param onState gets the stream's status
     */
    StreamSubscriber(
            ConnectedClient client,
            EventForm form,
            Function<EncodedFrame, ByteBuf> frames,
            Runnable onClose,
            Consumer<StreamStatus> onState) {
        this.session = client.session();
        this.onDisconnect = client::disconnect;
        this.executor = session.executor();
        this.form = form;
        this.frames = frames;
        this.onClose = onClose;
        this.onState = onState;
    }

    /**
     * Begins after a frame that was already shown; the first frame comes later.
     *
     * @param viewer who watches, also if it only continues with this
     */
    void begin(LiveStream stream, Rendition rendition, long afterSeq, ViewerIdentity viewer) throws RefusedException {
        shownSeq = afterSeq;
        try {
            subscription = stream.subscribe(rendition, executor, this, viewer);
        } catch (RefusedException e) {
            onClose.run();
            throw e;
        }
    }

    /** The number of the frame shown last. */
    long shownSeq() {
        return shownSeq;
    }

    /** Stops sending, but keeps its place: what the next subscription begins with must not be dropped. */
    void mute() {
        muted = true;
    }

    /** Ends the subscription; any thread. */
    void close() {
        muted = true;
        if (subscription != null) {
            subscription.close();
        }
        EventLoops.run(executor, onClose);
    }

    @Override
    public void onFrame(EncodedFrame frame) {
        if (muted) {
            return;
        }
        newest = frame;
        if (frame.seq() <= shownSeq || !isPayloadMade(frame)) {
            gone();
        } else {
            session.offer(this);
        }
    }

    @Override
    public void onState(StreamStatus status) {
        if (!muted) {
            onState.accept(status);
        }
    }

    /** The client learns no reason: a DISCONNECT has none. */
    @Override
    public void onDisconnect(String why) {
        onDisconnect.run();
    }

    @Override
    public ByteBuf frames() {
        return frames.apply(taken());
    }

    @Override
    public byte[] payload() {
        EncodedFrame frame = taken();
        return isPayloadMade(frame) ? form.of(frame).payload() : Wire.NOOP.payload();
    }

    @Override
    public void gone() {
        Subscription watching = subscription;
        if (!muted && watching != null) {
            watching.ready();
        }
    }

    /** The newest frame by the time it is sent. */
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

    /** If the program's own payload fails, that frame is left out. */
    private boolean isPayloadMade(EncodedFrame frame) {
        try {
            form.of(frame);
            return true;
        } catch (RuntimeException e) {
            FAULTS.report("the payload of a picture cannot be made", e);
            return false;
        }
    }
}
