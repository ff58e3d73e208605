package dev.sightline.transport.metadata;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.Headers;
import dev.sightline.http.SharedBuffers;
import dev.sightline.http.StreamedResponse;
import dev.sightline.http.limits.RateLimitedLog;
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
 * One reader of a stream's events. One event at a time is in transit; meanwhile, only the newest state and the newest frame
 * wait. Used on its connection's event loop.
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
    private @Nullable String farewell;
    private boolean busy;
    private boolean pictureUnderWay;
    private boolean silent;
    private boolean ended;

    /** Uses a share in the wire buffers of its stream, and leaves it at the connection's end. */
    MetadataViewer(StreamedResponse response, SharedBuffers.Share<?, EncodedFrame> events) {
        this.response = response;
        this.events = events;
    }

    /**
     * Begins the answer; called before the first frame is handed over.
     *
     * @param silence how often to check whether nothing was sent, and then to send a comment
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
        send(EventForm.beginning());
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

    @Override
    public void onDisconnect(String why) {
        farewell = why;
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
        String why = farewell;
        if (why != null) {
            farewell = null;
            unsaid = null;
            unsent = null;
            ended = true;
            send(EventForm.disconnected(why));
        } else if (status != null) {
            unsaid = null;
            send(EventForm.state(status));
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

    /** A scheduled task that throws is not called again; so this throws nothing, and the next call repeats what failed. */
    private void breakSilence() {
        try {
            if (silent && !busy) {
                send(EventForm.comment());
            }
        } catch (RuntimeException | Error e) {
            FAULTS.report("a comment could not be sent to a reader of events", e);
        }
        silent = true;
    }
}
