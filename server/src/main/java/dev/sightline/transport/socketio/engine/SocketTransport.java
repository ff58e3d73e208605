package dev.sightline.transport.socketio.engine;

import dev.sightline.http.websocket.WebSocket;
import dev.sightline.http.websocket.WebSocketListener;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The WebSocket transport of a session: hands over its input, and tracks which output was sent. */
final class SocketTransport implements WebSocketListener {
    private static final int NORMAL = 1000;

    private final WebSocket socket;
    private final EngineSession session;
    /** What to do when each message in transit was sent; used on the socket's event loop. */
    private final Queue<Runnable> underWay = new ArrayDeque<>();

    SocketTransport(WebSocket socket, EngineSession session) {
        this.socket = socket;
        this.session = session;
    }

    EventExecutor executor() {
        return socket.executor();
    }

    /** Sends ready frames; on the socket's event loop. */
    void send(ByteBuf frames, Runnable gone) {
        underWay.add(gone);
        socket.send(frames);
    }

    /** Sends a small packet, from any thread. */
    void text(String packet) {
        EventLoops.run(socket.executor(), () -> socket.text(packet));
    }

    /**
     * Runs an action after all input that has arrived by now was read and handed over; from any thread. A task scheduled for
     * now on an event loop runs in its next round, which begins with reading.
     */
    void whenRead(Runnable action) {
        EventExecutor loop = socket.executor();
        EventLoops.run(loop, () -> EventLoops.later(loop, action, 0));
    }

    /** Limits messages from now on, with the reason; from any thread. */
    void limit(int bytes, String why) {
        EventLoops.run(socket.executor(), () -> socket.limit(bytes, why));
    }

    /** Closes, from any thread. */
    void close() {
        close(NORMAL, "");
    }

    /** Closes with a reason, from any thread. */
    void close(int code, String reason) {
        EventLoops.run(socket.executor(), () -> socket.close(code, reason));
    }

    @Override
    public void onText(String message) {
        session.transports().onText(this, message);
    }

    @Override
    public void onBinary(byte[] message) {
        session.transports().onBinary(this, message);
    }

    @Override
    public void onSent() {
        @Nullable Runnable gone = underWay.poll();
        if (gone != null) {
            session.execute(gone);
        }
    }

    @Override
    public void onClose(int code, String reason) {
        underWay.clear();
        session.transports().onClose(this);
    }
}
