package dev.sightline.transport.websocket;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.websocket.WebSocket;
import dev.sightline.http.websocket.WebSocketListener;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.fanout.Subscription;
import dev.sightline.stream.status.StreamStatus;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One viewer by WebSocket, which may also send. Used on its connection's event loop. */
final class WebSocketViewer implements Subscriber, WebSocketListener {
    private final WebSocket socket;
    private final MessageForm form;
    private final Function<EncodedFrame, ByteBuf> messages;
    private final Runnable onLeave;
    private Inbox inbox = new Inbox.Nobody();
    private @Nullable Subscription subscription;
    private Runnable beforePicture = () -> {};

    /**
     * Creates a viewer that watches nothing yet.
     *
     * @param messages makes the ready message of a frame
     * @param onLeave runs at the connection's end
     */
    WebSocketViewer(WebSocket socket, MessageForm form, Function<EncodedFrame, ByteBuf> messages, Runnable onLeave) {
        this.socket = socket;
        this.form = form;
        this.messages = messages;
        this.onLeave = onLeave;
    }

    /** Starts watching; called before the first frame is handed over. */
    void start(Subscription watching) {
        subscription = watching;
    }

    /**
     * Starts watching; called before the first frame is handed over.
     *
     * @param wanted asked for every frame the viewer sends; a new value changes the rendition of the answers
     */
    void start(Supplier<Rendition> wanted, Subscribing subscribing) throws RefusedException {
        beforePicture = new Runnable() {
            private Rendition current = wanted.get();

            @Override
            public void run() {
                Rendition now = wanted.get();
                if (!now.equals(current)) {
                    current = now;
                    again(subscribing, now);
                }
            }
        };
        start(subscribing.subscribe(wanted.get()));
    }

    private void again(Subscribing subscribing, Rendition wanted) {
        Subscription former = subscription;
        try {
            start(subscribing.subscribe(wanted));
            if (former != null) {
                former.close();
            }
        } catch (RefusedException e) {
            socket.close(CloseCode.of(e.reason()), e.getMessage());
        }
    }

    /** Sets the receiver of this viewer's input; called before any comes. */
    void sendsTo(Inbox receiver) {
        inbox = receiver;
    }

    @Override
    public void onFrame(EncodedFrame frame) {
        socket.send(messages.apply(frame));
    }

    @Override
    public void onSent() {
        if (subscription != null) {
            subscription.ready();
        }
    }

    @Override
    public void onState(StreamStatus status) {
        form.say(socket, () -> TextMessage.state(status));
    }

    @Override
    public void onEnd() {
        socket.close(CloseCode.GOING_AWAY, "the stream has ended");
    }

    @Override
    public void onDisconnect(String why) {
        inbox.close();
        socket.close(CloseCode.FORBIDDEN, why);
    }

    @Override
    public void onText(String message) {
        beforePicture.run();
        inbox.text(message);
    }

    @Override
    public void onBinary(byte[] message) {
        beforePicture.run();
        inbox.binary(message);
    }

    @Override
    public void onClose(int code, String reason) {
        inbox.close();
        leave();
        onLeave.run();
    }

    private void leave() {
        if (subscription != null) {
            subscription.close();
        }
    }

    /** Subscribes this viewer to a rendition. */
    @FunctionalInterface
    interface Subscribing {
        Subscription subscribe(Rendition rendition) throws RefusedException;
    }
}
