package dev.sightline.transport.websocket;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.SharedBuffers;
import dev.sightline.http.WebSocket;
import dev.sightline.http.WebSocketListener;
import dev.sightline.stream.StreamStatus;
import dev.sightline.stream.Subscriber;
import dev.sightline.stream.Subscription;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One viewer by WebSocket. Used on its connection's event loop. */
final class WebSocketViewer implements Subscriber, WebSocketListener {
    private static final int GOING_AWAY = 1001;

    private final WebSocket socket;
    private final MessageForm form;
    private final SharedBuffers.Share<?, EncodedFrame> messages;
    private final LongAdder ignored;
    private @Nullable Subscription subscription;

    /**
     * A viewer that watches nothing yet.
     *
     * @param messages its share in the ready messages of its rendition and form; it leaves it at the connection's end
     * @param ignored counts what it says that means nothing here
     */
    WebSocketViewer(
            WebSocket socket, MessageForm form, SharedBuffers.Share<?, EncodedFrame> messages, LongAdder ignored) {
        this.socket = socket;
        this.form = form;
        this.messages = messages;
        this.ignored = ignored;
    }

    /** Called before the first picture is handed over. */
    void start(Subscription watching) {
        subscription = watching;
    }

    @Override
    public void onFrame(EncodedFrame frame) {
        socket.send(messages.of(frame));
    }

    @Override
    public void onSent() {
        if (subscription != null) {
            subscription.ready();
        }
    }

    @Override
    public void onState(StreamStatus status) {
        say(TextMessage.state(status));
    }

    @Override
    public void onEnd() {
        socket.close(GOING_AWAY, "the stream has ended");
    }

    @Override
    public void onText(String message) {
        ignored.increment();
        say(TextMessage.error("a viewer has no commands here yet"));
    }

    @Override
    public void onBinary(byte[] message) {
        ignored.increment();
        say(TextMessage.error("a viewer sends no pictures"));
    }

    @Override
    public void onClose(int code, String reason) {
        if (subscription != null) {
            subscription.close();
        }
        messages.leave();
    }

    /** Text goes only to those who agreed on the subprotocol: a page that expects bare pictures would choke on it. */
    private void say(String text) {
        if (form == MessageForm.SIGHTLINE_V1) {
            socket.text(text);
        }
    }
}
