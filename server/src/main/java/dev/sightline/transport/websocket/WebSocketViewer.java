package dev.sightline.transport.websocket;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.WebSocket;
import dev.sightline.http.WebSocketListener;
import dev.sightline.stream.StreamStatus;
import dev.sightline.stream.Subscriber;
import dev.sightline.stream.Subscription;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One viewer by WebSocket, who may also send. Used on its connection's event loop. */
final class WebSocketViewer implements Subscriber, WebSocketListener {
    private final WebSocket socket;
    private final MessageForm form;
    private final Function<EncodedFrame, ByteBuf> messages;
    private final Runnable onLeave;
    private Inbox inbox;
    private @Nullable Subscription subscription;

    /**
     * A viewer that watches nothing yet, and whom nobody listens to.
     *
     * @param messages makes the ready message of a picture
     * @param onLeave runs at the connection's end
     */
    WebSocketViewer(
            WebSocket socket,
            MessageForm form,
            Function<EncodedFrame, ByteBuf> messages,
            Runnable onLeave,
            Refusals refusals) {
        this.socket = socket;
        this.form = form;
        this.messages = messages;
        this.onLeave = onLeave;
        this.inbox = new Inbox.Unheard(socket, form, refusals);
    }

    /** Called before the first picture is handed over. */
    void start(Subscription watching) {
        subscription = watching;
    }

    /** What this viewer sends is a picture. */
    void sendsTo(Inbox pictures) {
        inbox = pictures;
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
        inbox.text(message);
    }

    @Override
    public void onBinary(byte[] message) {
        inbox.binary(message);
    }

    @Override
    public void onClose(int code, String reason) {
        inbox.close();
        if (subscription != null) {
            subscription.close();
        }
        onLeave.run();
    }
}
