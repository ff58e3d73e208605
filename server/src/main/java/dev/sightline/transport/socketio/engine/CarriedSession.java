package dev.sightline.transport.socketio.engine;

import dev.sightline.http.limits.ClientAddress;
import dev.sightline.http.limits.InputBudget;
import dev.sightline.http.limits.TokenBucket;
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
final class CarriedSession implements EngineSession {
    private static final EngineListener NOBODY = new EngineListener() {};
    /** Packets of one POST that are taken in one turn of the event loop. */
    private static final int PACKETS_A_TURN = 64;
    /** Where they are long ones, fewer: no more are taken once these were. */
    private static final int BYTES_A_TURN = 64 * 1024;
    /** Packets by POST in the long run, as frames of a WebSocket. */
    private static final int PACKETS_A_SECOND = 500;

    private static final int PACKETS_AT_ONCE = 2_000;
    private static final String TRANSPORT_ERROR = "transport error";
    private static final int NORMAL = 1000;
    private static final int POLICY_VIOLATION = 1008;

    private final String id;
    private final EngineSettings settings;
    private final LatePolls latePolls;
    private final ClientAddress client;
    private final Owner owner;
    private final SerialExecutor serial;
    private final InputBudget.Account input;
    // From here on used in the serial's order alone; what is volatile may be read by any thread.
    private final Heartbeat heartbeat;
    private final Outbox outbox = new Outbox();
    private final PollingCarrier polling = new PollingCarrier(outbox, this::gone);
    private final TokenBucket rate = new TokenBucket(PACKETS_A_SECOND, PACKETS_AT_ONCE, System::nanoTime);
    private final Payload.Receiver posted = new Payload.Receiver() {
        @Override
        public void text(String packet) throws MalformedPacketException {
            receive(packet);
        }

        @Override
        public void binary(byte[] message) throws MalformedPacketException {
            receive(message);
        }
    };
    private boolean posting;
    private EngineListener listener = NOBODY;
    private long receivedBytes;
    private volatile boolean trusted;
    private volatile EventExecutor executor;
    private volatile boolean closed;
    private volatile @Nullable SocketCarrier socket;
    private @Nullable SocketCarrier probing;

    CarriedSession(
            String id,
            EngineSettings settings,
            EventExecutor executor,
            LatePolls latePolls,
            ClientAddress client,
            Owner owner) {
        this.id = id;
        this.settings = settings;
        this.executor = executor;
        this.latePolls = latePolls;
        this.client = client;
        this.owner = owner;
        this.serial = new SerialExecutor(executor);
        this.input = owner.budget().open(client, excess -> refuse(excess.reason()));
        this.heartbeat = new Heartbeat(this, settings, System::nanoTime);
    }

    String id() {
        return id;
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
        return trusted ? settings.maxPayload() : settings.mostAtFirst();
    }

    @Override
    public void trust() {
        if (!trusted) {
            trusted = true;
            owner.trusted(this);
            SocketCarrier carrier = socket;
            if (carrier != null) {
                limit(carrier);
            }
        }
    }

    private void limit(SocketCarrier carrier) {
        String why = "a client in no namespace may send " + settings.mostAtFirst() + " bytes";
        carrier.limit(maxBytes(), trusted ? "" : why);
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
    void open(EngineListener receiver, SocketCarrier carrier) {
        listener = receiver;
        socket = carrier;
        limit(carrier);
        carrier.text(EnginePacket.OPEN.digit() + handshake("[]")); // before anybody is told what has gone
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
        SocketCarrier carrier = socket;
        if (carrier != null) {
            carrier.send(feed.frames(), feed::gone);
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
        SocketCarrier carrier = probing;
        if (carrier == null) {
            take(request);
        } else {
            carrier.whenRead(() -> serial.execute(() -> take(request)));
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
        } else if (posting) {
            input.add(-body.length);
            request.answer(EngineError.BAD_REQUEST.response("a session has one POST at a time"));
            end(TRANSPORT_ERROR, Wire.CLOSE);
        } else {
            posting = true;
            goOn(new Payload(body), request);
        }
    }

    private void goOn(Payload payload, Poll request) {
        try {
            int most = payload.taken() + BYTES_A_TURN;
            for (int i = 0; i < PACKETS_A_TURN && payload.hasNext() && payload.taken() < most && rate.take(1); i++) {
                payload.next(posted);
            }
        } catch (MalformedPacketException e) {
            taken(payload);
            request.answer(EngineError.BAD_REQUEST.response("malformed: " + e.getMessage()));
            malformed(e);
            return;
        }
        if (payload.hasNext() && !closed) {
            long wait = rate.nanosUntil(1);
            if (wait > 0) {
                owner.delayed();
            }
            EventLoops.later(executor, () -> serial.execute(() -> goOn(payload, request)), wait);
        } else {
            taken(payload);
            request.answer(Poll.OK);
        }
    }

    private void taken(Payload payload) {
        posting = false;
        input.add(-payload.length());
    }

    /** A WebSocket wants to take over. */
    void probe(SocketCarrier carrier) {
        if (closed || socket != null || probing != null) {
            carrier.close();
            return;
        }
        probedBy(carrier);
        limit(carrier);
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
            end(TRANSPORT_CLOSE, Wire.NOOP);
        } else if (carrier == probing) {
            probedBy(null);
        }
    }

    private void probedBy(@Nullable SocketCarrier carrier) {
        probing = carrier;
        polling.hold(carrier != null);
    }

    private void probed(SocketCarrier carrier, String packet) {
        if (packet.equals("2probe")) {
            carrier.text("3probe");
            polling.flush();
        } else if (packet.equals("5")) {
            upgrade(carrier);
        } else {
            giveUp(carrier);
        }
    }

    /** From the next task on everything happens on the WebSocket's event loop. */
    private void upgrade(SocketCarrier carrier) {
        probedBy(null);
        listener.onMoving();
        if (polling.isNextOnItsWay()) {
            latePolls.expect(id, Wire.NOOP);
        }
        polling.stop(Wire.NOOP);
        heartbeat.stop();
        socket = carrier;
        limit(carrier);
        executor = carrier.executor();
        serial.moveTo(executor, this::upgraded);
    }

    private void upgraded() {
        if (!closed) {
            flush();
            listener.onMoved();
            heartbeat.pingLater();
        }
    }

    private void giveUp(SocketCarrier carrier) {
        if (carrier == probing) {
            probedBy(null);
            carrier.close();
        }
    }

    private void receive(String packet) throws MalformedPacketException {
        if (closed) {
            return;
        }
        count(packet.length());
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

    private void receive(byte[] message) throws MalformedPacketException {
        if (!closed) {
            count(message.length);
            listener.onBinary(message);
        }
    }

    private void count(int bytes) throws MalformedPacketException {
        receivedBytes += bytes;
        if (!trusted && receivedBytes > settings.mostAtFirst()) {
            throw new MalformedPacketException(
                    "more than " + settings.mostAtFirst() + " bytes before the client was in a namespace");
        }
    }

    private void malformed(MalformedPacketException fault) {
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
        SocketCarrier carrier = socket;
        if (carrier == null) {
            polling.flush();
            return;
        }
        for (Wire next = outbox.next(); next != null; next = outbox.next()) {
            Wire wire = next;
            carrier.send(wire.frames(), () -> gone(wire));
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

    /** Whom a session belongs to. */
    interface Owner {
        /** Where its input counts. */
        InputBudget budget();

        /** It sends more packets than its rate, and the next ones wait; any thread. */
        default void delayed() {}

        /** It keeps its place when others come; any thread. */
        default void trusted(CarriedSession session) {}

        /** It has ended; any thread. */
        default void closed(CarriedSession session) {}
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
        for (SocketCarrier carrier : new SocketCarrier[] {socket, probing}) {
            if (carrier != null) {
                carrier.close(closeCode, why);
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
