package dev.sightline.transport.socketio;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One Engine.IO session: what a client sends and is sent, whichever transport carries it.
 *
 * <pre>
 *            long-polling: a poll waits for what there is to send; POSTs bring what is received
 *   open ──┤     │ probe, then upgrade
 *            WebSocket
 * </pre>
 *
 * <p>Everything here happens in the order of {@link #serial}, on the event loop of the session: that of its first
 * request, and after the upgrade that of the WebSocket. {@link #send} and {@link #close} may be called by any thread.
 * What is to be sent waits in a queue of bounded size; a client that lets more pile up is closed. Pictures never wait
 * there: a {@link Feed} is asked for the newest when it can go out.
 */
final class EngineSession {
    /** More than this unsent, and the client is too slow for what the program tells it. */
    static final int MAX_UNSENT_BYTES = 4 * 1024 * 1024;

    static final String TRANSPORT_CLOSE = "transport close";
    static final String PARSE_ERROR = "parse error";
    static final String PING_TIMEOUT = "ping timeout";
    static final String TOO_SLOW = "too slow";

    private static final Wire PING = Wire.of(EnginePacket.PING, "");
    private static final Wire CLOSE = Wire.of(EnginePacket.CLOSE, "");
    static final Wire NOOP = Wire.of(EnginePacket.NOOP, "");

    private final String id;
    private final EngineSettings settings;
    private final Consumer<EngineSession> onClose;
    private final Serial serial;
    private EngineListener listener = Unopened.NOBODY;
    // From here on used in the serial's order alone; the executor and the flag may be read by any thread.
    private volatile EventExecutor executor;
    private volatile boolean closed;
    private final Queue<Wire> queue = new ArrayDeque<>();
    private long unsentBytes;
    private volatile @Nullable SocketCarrier socket;
    private @Nullable SocketCarrier probing;
    private @Nullable Poll poll;
    private @Nullable Feed offered;
    private @Nullable Feed underWay;
    private @Nullable Future<?> heartbeat;

    EngineSession(String id, EngineSettings settings, EventExecutor executor, Consumer<EngineSession> onClose) {
        this.id = id;
        this.settings = settings;
        this.executor = executor;
        this.onClose = onClose;
        this.serial = new Serial(executor);
    }

    String id() {
        return id;
    }

    /** Runs something in the session's order; any thread. */
    void execute(Runnable task) {
        serial.execute(task);
    }

    /** The session's event loop. */
    EventExecutor executor() {
        return executor;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether a WebSocket carries it. */
    boolean isOnWebSocket() {
        return socket != null;
    }

    /** Begins over long-polling: the handshake is the first poll's answer. */
    void open(EngineListener receiver, Poll first) {
        listener = receiver;
        first.answer(Poll.packets(
                Wire.of(EnginePacket.OPEN, handshake("[\"websocket\"]")).payload()));
        pingLater();
    }

    /** Begins over a WebSocket. */
    void open(EngineListener receiver, SocketCarrier carrier) {
        listener = receiver;
        socket = carrier;
        carrier.text(EnginePacket.OPEN.digit() + handshake("[]")); // before anybody is told what has gone
        pingLater();
    }

    /** Sends a packet after those before it; any thread. */
    void send(Wire wire) {
        serial.execute(() -> enqueue(wire));
    }

    /** There is something newer to send; called on the event loop. It is asked for when it can go out. */
    void offer(Feed feed) {
        if (closed) {
            return;
        }
        SocketCarrier carrier = socket;
        if (carrier != null) {
            carrier.send(feed.frames(), feed::gone);
        } else {
            offered = feed;
            answerPoll();
        }
    }

    /** Ends the session, telling the client; any thread. */
    void close(String reason) {
        serial.execute(() -> end(reason, true));
    }

    /** A client waits for what there is to send. */
    void poll(Poll request) {
        if (closed || socket != null) {
            request.answer(EngineError.UNKNOWN_SESSION.response());
        } else if (poll != null) {
            request.answer(EngineError.BAD_REQUEST.response("a session has one poll at a time"));
            end("transport error", true);
        } else {
            poll = request;
            request.onLeft(() -> serial.execute(() -> left(request)));
            taken();
            answerPoll();
        }
    }

    /** A client sends packets. */
    void post(byte[] body, Poll request) {
        if (closed || socket != null) {
            request.answer(EngineError.UNKNOWN_SESSION.response());
            return;
        }
        try {
            Payload.read(body, new Payload.Receiver() {
                @Override
                public void text(String packet) throws MalformedPacketException {
                    receive(packet);
                }

                @Override
                public void binary(byte[] message) throws MalformedPacketException {
                    receive(message);
                }
            });
            request.answer(Poll.OK);
        } catch (MalformedPacketException e) {
            request.answer(EngineError.BAD_REQUEST.response("malformed: " + e.getMessage()));
            malformed(e);
        }
    }

    /** A WebSocket wants to take over. */
    void probe(SocketCarrier carrier) {
        if (closed || socket != null || probing != null) {
            carrier.close();
            return;
        }
        probing = carrier;
        executor.schedule(
                () -> serial.execute(() -> giveUp(carrier)),
                settings.upgradeTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Text came over a WebSocket, which may be probing still. */
    void onText(SocketCarrier carrier, String packet) {
        if (carrier == socket) {
            try {
                receive(packet);
            } catch (MalformedPacketException e) {
                malformed(e);
            }
        } else if (carrier == probing) {
            probed(carrier, packet);
        }
    }

    /** Bytes came over a WebSocket. */
    void onBinary(SocketCarrier carrier, byte[] message) {
        if (carrier == socket) {
            try {
                receive(message);
            } catch (MalformedPacketException e) {
                malformed(e);
            }
        } else if (carrier == probing) {
            giveUp(carrier);
        }
    }

    /** A WebSocket has closed. */
    void onClose(SocketCarrier carrier) {
        if (carrier == socket) {
            end(TRANSPORT_CLOSE, false);
        } else if (carrier == probing) {
            probing = null;
        }
    }

    private void probed(SocketCarrier carrier, String packet) {
        if (packet.equals("2probe")) {
            carrier.text("3probe");
            answerPoll();
        } else if (packet.equals("5")) {
            upgrade(carrier);
        } else {
            giveUp(carrier);
        }
    }

    /** From the next task on everything happens on the WebSocket's event loop. */
    private void upgrade(SocketCarrier carrier) {
        probing = null;
        Poll waiting = poll;
        if (waiting != null) {
            poll = null;
            waiting.answer(Poll.packets(NOOP.payload()));
        }
        listener.onMoving();
        offered = null;
        underWay = null;
        stopHeartbeat();
        socket = carrier;
        executor = carrier.executor();
        serial.moveTo(executor, this::upgraded);
    }

    private void upgraded() {
        if (!closed) {
            flush();
            listener.onMoved();
            pingLater();
        }
    }

    private void giveUp(SocketCarrier carrier) {
        if (carrier == probing) {
            probing = null;
            carrier.close();
        }
    }

    private void receive(String packet) throws MalformedPacketException {
        if (closed) {
            return;
        }
        EnginePacket type = EnginePacket.of(packet.isEmpty() ? ' ' : packet.charAt(0))
                .orElseThrow(() -> new MalformedPacketException("a packet of no known type"));
        switch (type) {
            case MESSAGE -> listener.onText(packet.substring(1));
            case PONG -> pingLater();
            case CLOSE -> end(TRANSPORT_CLOSE, false);
            case NOOP -> {}
            default -> throw new MalformedPacketException("a client sends no " + type + " here");
        }
    }

    private void receive(byte[] message) throws MalformedPacketException {
        if (!closed) {
            listener.onBinary(message);
        }
    }

    private void malformed(MalformedPacketException fault) {
        end(PARSE_ERROR + ": " + fault.getMessage(), true);
    }

    private void enqueue(Wire wire) {
        if (closed) {
            return;
        }
        if (unsentBytes > MAX_UNSENT_BYTES) {
            end(TOO_SLOW, false);
            return;
        }
        unsentBytes += wire.size();
        queue.add(wire);
        flush();
    }

    private void flush() {
        SocketCarrier carrier = socket;
        if (carrier == null) {
            answerPoll();
            return;
        }
        for (Wire next = queue.poll(); next != null; next = queue.poll()) {
            Wire wire = next;
            carrier.send(wire.frames(), () -> gone(wire));
        }
    }

    private void gone(Wire wire) {
        unsentBytes = Math.max(0, unsentBytes - wire.size());
        if (wire == PING) {
            awaitPong();
        }
    }

    /** Answers the waiting poll, if there is anything to say. */
    private void answerPoll() {
        Poll waiting = poll;
        if (waiting == null) {
            return;
        }
        List<byte[]> packets = new ArrayList<>();
        for (Wire next = queue.poll(); next != null; next = queue.poll()) {
            packets.add(next.payload());
            gone(next);
        }
        Feed feed = offered;
        if (feed != null && probing == null) {
            offered = null;
            underWay = feed;
            packets.add(feed.payload());
        }
        if (packets.isEmpty() && probing != null) {
            packets.add(NOOP.payload());
        }
        if (!packets.isEmpty()) {
            poll = null;
            waiting.answer(Poll.packets(Payload.join(packets)));
        }
    }

    /** Who asks again has got what was answered before. */
    private void taken() {
        Feed before = underWay;
        underWay = null;
        if (before != null) {
            before.gone();
        }
    }

    private void left(Poll request) {
        if (request == poll) {
            poll = null;
            end(TRANSPORT_CLOSE, false);
        }
    }

    private void pingLater() {
        schedule(settings.pingInterval(), this::ping);
    }

    /** A WebSocket's time to answer begins when the kernel has taken the ping, that of long-polling at once. */
    private void ping() {
        if (socket == null) {
            awaitPong();
        }
        enqueue(PING);
    }

    private void awaitPong() {
        schedule(settings.pingTimeout(), () -> end(PING_TIMEOUT, false));
    }

    private void schedule(Duration time, Runnable action) {
        stopHeartbeat();
        try {
            heartbeat = executor.schedule(() -> serial.execute(action), time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            closed = true; // the server has stopped
        }
    }

    private void stopHeartbeat() {
        Future<?> running = heartbeat;
        heartbeat = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void end(String reason, boolean tell) {
        if (closed) {
            return;
        }
        closed = true;
        stopHeartbeat();
        Poll waiting = poll;
        if (waiting != null) {
            waiting.answer(Poll.packets((tell ? CLOSE : NOOP).payload()));
        }
        poll = null;
        queue.clear();
        closeCarriers();
        listener.onClose(reason);
        onClose.accept(this);
    }

    private void closeCarriers() {
        for (SocketCarrier carrier : new SocketCarrier[] {socket, probing}) {
            if (carrier != null) {
                carrier.close();
            }
        }
    }

    private String handshake(String upgrades) {
        return "{\"sid\":\"" + id + "\",\"upgrades\":" + upgrades + ",\"pingInterval\":"
                + settings.pingInterval().toMillis() + ",\"pingTimeout\":"
                + settings.pingTimeout().toMillis() + ",\"maxPayload\":" + settings.maxPayload() + "}";
    }

    /** Stands where no listener is yet. */
    private enum Unopened implements EngineListener {
        NOBODY;

        @Override
        public void onText(String message) {
            // nobody is there
        }

        @Override
        public void onBinary(byte[] message) {
            // nobody is there
        }

        @Override
        public void onClose(String reason) {
            // nobody is there
        }
    }
}
