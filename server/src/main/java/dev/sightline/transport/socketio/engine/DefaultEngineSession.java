package dev.sightline.transport.socketio.engine;

import dev.sightline.http.limits.ClientAddress;
import dev.sightline.http.limits.InputBudget;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;
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
 * <p>Everything here happens in the order of {@link #serial}, but for what the interface says of any thread. What is to
 * be sent waits in an {@link Outbox} of bounded size; a client that lets more pile up is closed. Pictures never wait
 * there: a {@link Feed} is asked for the newest when it can go out.
 */
final class DefaultEngineSession implements EngineSession {
    private static final EngineListener NOBODY = new EngineListener() {};
    private static final String TRANSPORT_ERROR = "transport error";
    private static final int NORMAL = 1000;
    private static final int POLICY_VIOLATION = 1008;

    private final String id;
    private final EngineSettings settings;
    private final LatePolls latePolls;
    private final ClientAddress client;
    private final SessionOwner owner;
    private final SerialExecutor serial;
    private final InputBudget.Account input;
    // From here on used in the serial's order alone; what is volatile may be read by any thread.
    private final Heartbeat heartbeat;
    private final Outbox outbox = new Outbox();
    private final PollingTransport polling = new PollingTransport(outbox, this::gone);
    private final PostedPackets posted = new PostedPackets(this);
    private final FirstBytes first;
    private final Upgrade upgrade = new Upgrade(this);
    private EngineListener listener = NOBODY;
    private volatile EventExecutor executor;
    private volatile boolean closed;
    private volatile @Nullable SocketTransport socket;

    DefaultEngineSession(
            String id,
            EngineSettings settings,
            EventExecutor executor,
            LatePolls latePolls,
            ClientAddress client,
            SessionOwner owner) {
        this.id = id;
        this.settings = settings;
        this.executor = executor;
        this.latePolls = latePolls;
        this.client = client;
        this.owner = owner;
        this.serial = new SerialExecutor(executor);
        this.first = new FirstBytes(settings.mostAtFirst(), settings.maxPayload());
        this.input = owner.budget().open(client, excess -> refuse(excess.reason()));
        this.heartbeat = new Heartbeat(this, settings, System::nanoTime);
    }

    String id() {
        return id;
    }

    /** Any thread. */
    boolean isClosed() {
        return closed;
    }

    PollingTransport polling() {
        return polling;
    }

    /** It sends more than its rate. */
    void delayed() {
        owner.delayed();
    }

    /** Runs something once the client has had its time to upgrade. */
    void whenUpgradeIsLate(Runnable action) {
        executor.schedule(() -> execute(action), settings.upgradeTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void execute(Runnable task) {
        serial.execute(task);
    }

    /** Something came: it counts until it is its turn; any thread. */
    void received(int bytes, Runnable task) {
        input.add(bytes);
        execute(() -> {
            input.add(-bytes);
            task.run();
        });
    }

    /** Bytes that one POST may have at present; any thread. */
    int maxBytes() {
        return first.maxBytes();
    }

    @Override
    public void trust() {
        if (first.trust()) {
            owner.trusted(this);
            SocketTransport transport = socket;
            if (transport != null) {
                limit(transport);
            }
        }
    }

    /** Tells a WebSocket what the longest message is now. */
    void limit(SocketTransport transport) {
        transport.limit(first.maxBytes(), first.why());
    }

    @Override
    public ClientAddress client() {
        return client;
    }

    @Override
    public InputBudget.Account input() {
        return input;
    }

    @Override
    public EventExecutor executor() {
        return executor;
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
        heartbeat.begin();
    }

    /** Begins over a WebSocket. */
    void open(EngineListener receiver, SocketTransport transport) {
        listener = receiver;
        socket = transport;
        limit(transport);
        transport.text(EnginePacket.OPEN.digit() + handshake("[]")); // before anybody is told what has gone
        heartbeat.begin();
    }

    @Override
    public void send(Wire wire) {
        serial.execute(() -> enqueue(wire));
    }

    @Override
    public void offer(Feed feed) {
        if (closed) {
            return;
        }
        SocketTransport transport = socket;
        if (transport != null) {
            transport.send(feed.frames(), feed::gone);
        } else {
            polling.offer(feed);
        }
    }

    @Override
    public void close(String reason) {
        serial.execute(() -> end(reason, Wire.CLOSE));
    }

    @Override
    public void refuse(String why) {
        serial.execute(() -> end(PARSE_ERROR + ": " + why, Wire.CLOSE, POLICY_VIOLATION, why));
    }

    /**
     * A client waits for what there is to send. It may come by another event loop than the WebSocket that is taking over:
     * what that one has received by now was sent before, and comes first.
     */
    void poll(Poll request) {
        SocketTransport transport = upgrade.probing();
        if (transport == null) {
            take(request);
        } else {
            transport.whenRead(() -> serial.execute(() -> take(request)));
        }
    }

    private void take(Poll request) {
        if (socket == null && heartbeat.isOverdue()) {
            silent();
        }
        if (closed || socket != null) {
            request.answer(latePolls
                    .answer(id)
                    .map(last -> Poll.packets(last.payload()))
                    .orElseGet(EngineError.UNKNOWN_SESSION::response));
        } else if (polling.isPolled()) {
            request.answer(EngineError.BAD_REQUEST.response("a session has one poll at a time"));
            end(TRANSPORT_ERROR, Wire.CLOSE);
        } else {
            request.onLeft(() -> serial.execute(() -> left(request)));
            polling.poll(request);
        }
    }

    /** A client sends packets. They are taken a few a turn, and the POST is answered when all are; any thread. */
    void post(byte[] body, Poll request) {
        input.add(body.length); // until it is taken
        execute(() -> begin(body, request));
    }

    private void begin(byte[] body, Poll request) {
        if (closed || socket != null) {
            request.answer(EngineError.UNKNOWN_SESSION.response());
        } else if (posted.isUnderWay()) {
            input.add(-body.length);
            request.answer(EngineError.BAD_REQUEST.response("a session has one POST at a time"));
            end(TRANSPORT_ERROR, Wire.CLOSE);
        } else {
            posted.take(body, request);
        }
    }

    /** A WebSocket wants to take over. */
    void probe(SocketTransport transport) {
        upgrade.probe(transport);
    }

    /** Text came over a WebSocket, which may be probing still. */
    void onText(SocketTransport transport, String packet) {
        if (transport == socket) {
            try {
                receive(packet);
            } catch (MalformedPacketException e) {
                malformed(e);
            }
        } else if (transport == upgrade.probing()) {
            upgrade.onText(packet);
        }
    }

    /** Bytes came over a WebSocket. */
    void onBinary(SocketTransport transport, byte[] message) {
        if (transport == socket) {
            try {
                receive(message);
            } catch (MalformedPacketException e) {
                malformed(e);
            }
        } else if (transport == upgrade.probing()) {
            upgrade.giveUp(transport);
        }
    }

    /** A WebSocket has closed. */
    void onClose(SocketTransport transport) {
        if (transport == socket) {
            end(TRANSPORT_CLOSE, Wire.NOOP);
        } else if (transport == upgrade.probing()) {
            upgrade.forget();
        }
    }

    /** A WebSocket has taken over: from the next task on everything happens on its event loop. */
    void moveTo(SocketTransport transport) {
        listener.onMoving();
        if (polling.isNextOnItsWay()) {
            latePolls.expect(id, Wire.NOOP);
        }
        polling.stop(Wire.NOOP);
        heartbeat.stop();
        socket = transport;
        limit(transport);
        executor = transport.executor();
        serial.moveTo(executor, this::upgraded);
    }

    private void upgraded() {
        if (!closed) {
            flush();
            listener.onMoved();
            heartbeat.pingLater();
        }
    }

    /** A packet of text. */
    void receive(String packet) throws MalformedPacketException {
        if (closed) {
            return;
        }
        first.count(packet.length());
        EnginePacket type = EnginePacket.of(packet.isEmpty() ? ' ' : packet.charAt(0))
                .orElseThrow(() -> new MalformedPacketException("a packet of no known type"));
        switch (type) {
            case MESSAGE -> listener.onText(packet.substring(1));
            case PONG -> heartbeat.pingLater();
            case CLOSE -> leave();
            case NOOP -> {}
            default -> throw new MalformedPacketException("a client sends no " + type + " here");
        }
    }

    /** The client closes; by long-polling it has a poll open or on its way, which is to be answered. */
    private void leave() {
        if (socket == null && !polling.isPolled()) {
            latePolls.expect(id, Wire.NOOP);
        }
        end(TRANSPORT_CLOSE, Wire.NOOP);
    }

    /** A message of bytes. */
    void receive(byte[] message) throws MalformedPacketException {
        if (!closed) {
            first.count(message.length);
            listener.onBinary(message);
        }
    }

    /** What the client sent cannot be read: the end. */
    void malformed(MalformedPacketException fault) {
        end(PARSE_ERROR + ": " + fault.getMessage(), Wire.CLOSE);
    }

    private void enqueue(Wire wire) {
        if (closed) {
            return;
        }
        if (outbox.isFull()) {
            end(TOO_SLOW, Wire.NOOP);
            return;
        }
        outbox.add(wire);
        flush();
    }

    private void flush() {
        SocketTransport transport = socket;
        if (transport == null) {
            polling.flush();
            return;
        }
        for (Wire next = outbox.next(); next != null; next = outbox.next()) {
            Wire wire = next;
            transport.send(wire.frames(), () -> gone(wire));
        }
    }

    private void gone(Wire wire) {
        outbox.gone(wire);
        if (wire == Wire.PING) {
            heartbeat.awaitPong();
        }
    }

    private void left(Poll request) {
        if (polling.forget(request)) {
            end(TRANSPORT_CLOSE, Wire.NOOP);
        }
    }

    /** A WebSocket's time to answer begins when the kernel has taken the ping, that of long-polling at once. */
    void ping() {
        if (socket == null) {
            heartbeat.awaitPongInTime();
        }
        enqueue(Wire.PING);
    }

    /** A ping was not answered in time. */
    void silent() {
        end(PING_TIMEOUT, Wire.NOOP);
    }

    /** The server has stopped: nobody can be told any more. */
    void abandon() {
        closed = true;
        input.close();
    }

    /** The end: a poll that waits, or is on its way, is answered with the last that there is to say. */
    private void end(String reason, Wire last) {
        end(reason, last, NORMAL, "");
    }

    private void end(String reason, Wire last, int closeCode, String why) {
        if (closed) {
            return;
        }
        closed = true;
        heartbeat.stop();
        if (socket == null && polling.isNextOnItsWay()) {
            latePolls.expect(id, last);
        }
        polling.stop(last);
        outbox.clear();
        for (SocketTransport transport : new SocketTransport[] {socket, upgrade.probing()}) {
            if (transport != null) {
                transport.close(closeCode, why);
            }
        }
        listener.onClose(reason);
        input.close();
        owner.closed(this);
    }

    private String handshake(String upgrades) {
        return "{\"sid\":\"" + id + "\",\"upgrades\":" + upgrades + ",\"pingInterval\":"
                + settings.pingInterval().toMillis() + ",\"pingTimeout\":"
                + settings.pingTimeout().toMillis() + ",\"maxPayload\":" + settings.maxPayload() + "}";
    }
}
