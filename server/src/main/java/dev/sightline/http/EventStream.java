package dev.sightline.http;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Server-sent events (HTML Standard, "Server-sent events") to one reader. A few events wait for a slow one; if more come, it is
 * told that it missed some, and reads everything again. A comment shows in silence that the connection is alive. Any thread may
 * send; everything else happens on the connection's event loop.
 */
public final class EventStream {
    /** Events that wait for a slow reader. */
    public static final int MOST_WAITING = 64;

    private static final Duration SILENCE = Duration.ofSeconds(7);
    private static final Headers HEADERS = Headers.NONE
            .with("Content-Type", "text/event-stream")
            .with("Cache-Control", "no-store")
            .with("X-Accel-Buffering", "no");

    private final StreamedResponse response;
    private final Deque<String> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean silent;

    private EventStream(StreamedResponse response) {
        this.response = response;
    }

    /**
     * Begins the answer; on the connection's event loop.
     *
     * @param retry how long a page waits before it connects again
     */
    public static EventStream begin(StreamedResponse response, Duration retry) {
        EventStream stream = new EventStream(response);
        var comments = response.executor()
                .scheduleAtFixedRate(
                        stream::breakSilence, SILENCE.toMillis(), SILENCE.toMillis(), TimeUnit.MILLISECONDS);
        response.onClose(() -> comments.cancel(false));
        response.begin(200, HEADERS, stream::onSent);
        stream.add("retry: " + retry.toMillis() + "\n\n");
        return stream;
    }

    /**
     * Sends an event.
     *
     * @param type its name, one word
     * @param data any value for JSON
     */
    public void send(String type, Object data) {
        String event = "event: " + type + "\ndata: " + new String(Json.bytes(data), StandardCharsets.UTF_8) + "\n\n";
        try {
            response.executor().execute(() -> add(event));
        } catch (RejectedExecutionException e) {
            // The server stops.
        }
    }

    private void add(String event) {
        if (waiting.size() >= MOST_WAITING) {
            waiting.clear();
            waiting.add("event: missed\ndata: {}\n\n");
        }
        waiting.add(event);
        next();
    }

    private void onSent() {
        busy = false;
        next();
    }

    private void next() {
        String event = busy ? null : waiting.poll();
        if (event != null) {
            busy = true;
            silent = false;
            response.send(Unpooled.wrappedBuffer(event.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void breakSilence() {
        if (silent && !busy) {
            add(":\n\n");
        }
        silent = true;
    }
}
