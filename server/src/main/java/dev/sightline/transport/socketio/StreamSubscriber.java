package dev.sightline.transport.socketio;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.RateLimitedLog;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamLimitException;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.fanout.Subscription;
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
 * A session's subscription to a stream on one event loop, and what it is sent of it. Used on that event loop. When the
 * session goes over to another, the next one begins before this one ends, so that no result is lost between them.
 */
final class StreamSubscriber implements Subscriber, Feed {
    private static final RateLimitedLog FAULTS = new RateLimitedLog(LoggerFactory.getLogger(StreamSubscriber.class));

    private final EngineSession session;
    private final PictureForm form;
    private final Function<EncodedFrame, ByteBuf> frames;
    private final Runnable onClose;
    private final Consumer<StreamStatus> onState;
    private final EventExecutor executor;
    private @Nullable Subscription subscription;
    private @Nullable EncodedFrame newest;
    private long shownSeq;
    private volatile boolean muted;

    /**
     * A subscription that has not begun.
     *
     * @param frames ready WebSocket frames of a picture, to be given away
     * @param onClose lets go of what they are made of
     * @param onState is told how the stream is doing
     */
    StreamSubscriber(
            EngineSession session,
            PictureForm form,
            Function<EncodedFrame, ByteBuf> frames,
            Runnable onClose,
            Consumer<StreamStatus> onState) {
        this.session = session;
        this.executor = session.executor();
        this.form = form;
        this.frames = frames;
        this.onClose = onClose;
        this.onState = onState;
    }

    /**
     * Begins, after a picture that was shown before; the first comes later.
     *
     * @param successor whether the client watches already, and goes on by this
     */
    void begin(LiveStream stream, Rendition rendition, long afterSeq, boolean successor) throws StreamLimitException {
        shownSeq = afterSeq;
        try {
            subscription = successor
                    ? stream.subscribe(rendition, executor, this)
                    : stream.subscribe(
                            rendition, executor, this, session.client().limited());
        } catch (StreamLimitException e) {
            onClose.run();
            throw e;
        }
    }

    /** The number of the picture shown last. */
    long shownSeq() {
        return shownSeq;
    }

    /** Sends nothing any more, but stays: what another subscription is to begin with is kept for it. */
    void mute() {
        muted = true;
    }

    /** Ends; from any thread. */
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

    /** The program's own payload may fail: that picture is left out. */
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
