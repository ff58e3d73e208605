package dev.sightline.transport.metadata;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.Headers;
import dev.sightline.http.RateLimitedLog;
import dev.sightline.http.SharedBuffers;
import dev.sightline.http.StreamedResponse;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.fanout.Subscription;
import dev.sightline.stream.status.StreamStatus;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One reader of a stream's events. One event at a time is on its way; of what waits meanwhile, the newest state and the
 * newest picture are kept. Used on its connection's event loop.
 */
final class MetadataViewer implements Subscriber {
    static final Headers HEADERS = Headers.NONE
            .with("Content-Type", "text/event-stream")
            .with("Cache-Control", "no-store")
            .with("X-Accel-Buffering", "no");

    private static final RateLimitedLog FAULTS = new RateLimitedLog(LoggerFactory.getLogger(MetadataViewer.class));

    private final StreamedResponse response;
    private final SharedBuffers.Share<?, EncodedFrame> events;

    private @Nullable Subscription subscription;
    private @Nullable StreamStatus unsaid;
    private @Nullable EncodedFrame unsent;
    private boolean busy;
    private boolean pictureUnderWay;
    private boolean silent;
    private boolean ended;

    /** With the share in the wire buffers of its stream; it leaves it at the connection's end. */
    MetadataViewer(StreamedResponse response, SharedBuffers.Share<?, EncodedFrame> events) {
        this.response = response;
        this.events = events;
    }

    /**
     * Begins the answer; called before the first picture is handed over.
     *
     * @param silence how often to look whether nothing was sent, and then to send a comment
     */
    void start(Subscription watching, Duration silence) {
        subscription = watching;
        Future<?> comments = response.executor()
                .scheduleAtFixedRate(this::breakSilence, silence.toMillis(), silence.toMillis(), TimeUnit.MILLISECONDS);
        response.onClose(() -> {
            comments.cancel(false);
            watching.close();
            events.leave();
        });
        response.begin(200, HEADERS, this::onSent);
        send(Event.beginning());
    }

    @Override
    public void onFrame(EncodedFrame frame) {
        unsent = frame;
        sendNext();
    }

    @Override
    public void onState(StreamStatus status) {
        unsaid = status;
        sendNext();
    }

    @Override
    public void onEnd() {
        ended = true;
        sendNext();
    }

    private void onSent() {
        busy = false;
        if (pictureUnderWay && subscription != null) {
            pictureUnderWay = false;
            subscription.ready();
        }
        sendNext();
    }

    private void sendNext() {
        if (busy) {
            return;
        }
        StreamStatus status = unsaid;
        EncodedFrame frame = unsent;
        if (status != null) {
            unsaid = null;
            send(Event.state(status));
        } else if (frame != null && subscription != null) {
            unsent = null;
            pictureUnderWay = true;
            send(events.of(subscription.newest(frame)));
        } else if (ended) {
            response.end();
        }
    }

    private void send(ByteBuf event) {
        busy = true;
        silent = false;
        try {
            response.send(event);
        } catch (RuntimeException | Error e) {
            busy = false;
            throw e;
        }
    }

    /** A task that throws is called no more; so it throws nothing, and the next time says what this one could not. */
    private void breakSilence() {
        try {
            if (silent && !busy) {
                send(Event.comment());
            }
        } catch (RuntimeException | Error e) {
            FAULTS.report("a reader of events could not be told that its connection lives", e);
        }
        silent = true;
    }
}
