package dev.sightline.transport.websocket;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.WebSocket;
import dev.sightline.http.WebSocketListener;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.fanout.Subscription;
import dev.sightline.stream.status.StreamStatus;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One viewer by WebSocket, who may also send. Used on its connection's event loop. */
final class WebSocketViewer implements Subscriber, WebSocketListener {
    private final WebSocket socket;
    private final MessageForm form;
    private final Function<EncodedFrame, ByteBuf> messages;
    private final Runnable onLeave;
    private Inbox inbox = new Inbox.Nobody();
    private @Nullable Subscription subscription;
    private Runnable beforePicture = () -> {};

    /**
     * A viewer that watches nothing yet.
     *
     * @param messages makes the ready message of a picture
     * @param onLeave runs at the connection's end
     */
    WebSocketViewer(WebSocket socket, MessageForm form, Function<EncodedFrame, ByteBuf> messages, Runnable onLeave) {
        this.socket = socket;
        this.form = form;
        this.messages = messages;
        this.onLeave = onLeave;
    }

    /** Called before the first picture is handed over. */
    void start(Subscription watching) {
        subscription = watching;
    }

    /**
     * Called before the first picture is handed over.
     *
     * @param wanted asked for with every picture the viewer sends; where it says something new, what comes back changes
     */
    void start(Supplier<Rendition> wanted, Function<Rendition, Subscription> subscribe) {
        beforePicture = new Runnable() {
            private Rendition current = wanted.get();

            @Override
            public void run() {
                Rendition now = wanted.get();
                if (!now.equals(current)) {
                    current = now;
                    leave();
                    start(subscribe.apply(now));
                }
            }
        };
        start(subscribe.apply(wanted.get()));
    }

    /** Called before anything comes: what takes in whatever this viewer sends. */
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
        form.say(socket, TextMessage.state(status));
    }

    @Override
    public void onEnd() {
        socket.close(CloseCode.GOING_AWAY, "the stream has ended");
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
}
