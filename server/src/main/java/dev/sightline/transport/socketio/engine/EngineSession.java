package dev.sightline.transport.socketio.engine;

import dev.sightline.access.Access;
import dev.sightline.http.limits.ClientAddress;
import dev.sightline.http.limits.InputBudget;
import io.netty.util.concurrent.EventExecutor;

/**
 * One client's Engine.IO session, whichever of its {@link Transports} carries it. What comes from the client goes to the
 * session's {@link EngineListener}.
 *
 * <p>Everything about a session happens in one serial order, on the event loop of the session: that of its first request,
 * and after an upgrade that of the WebSocket. Only what says so may be called by any thread.
 *
 * <p>What is to be sent waits in an {@link Outbox} of bounded size; a client that lets more pile up is closed. Pictures
 * never wait there: a {@link Feed} is asked for the newest when it can go out.
 */
public final class EngineSession {
    /** The reason of an end: the client has left, or is unreachable. */
    public static final String TRANSPORT_CLOSE = "transport close";

    /** The start of the reason of an end that the client's input caused. */
    public static final String PARSE_ERROR = "parse error";

    /** The reason of an end: the client is silent. */
    public static final String PING_TIMEOUT = "ping timeout";

    /** The reason of an end: the client does not read what it is sent. */
    public static final String TOO_SLOW = "too slow";

    /** The reason of an end: the client has two polls or two POSTs at a time. */
    static final String TRANSPORT_ERROR = "transport error";

    private static final EngineListener NOBODY = new EngineListener() {};
    private static final int NORMAL = 1000;
    private static final int POLICY_VIOLATION = 1008;

    private final String id;
    private final EngineSettings settings;
    private final ClientAddress client;
    /** Who opened it, until a login takes it. */
    private volatile Access owner;

    private volatile boolean taken;
    private final Engine engine;
    private final SerialExecutor serial;
    private final InputBudget.Account input;
    // From here on used in the serial's order alone; what is volatile may be read by any thread.
    private final Heartbeat heartbeat;
    private final Outbox outbox = new Outbox();
    private final FirstBytes first;
    private final Transports transports;
    private EngineListener listener = NOBODY;
    private volatile EventExecutor executor;
    private volatile boolean closed;

    EngineSession(String id, EventExecutor executor, ClientAddress client, Access opener, Engine engine) {
        this.id = id;
        this.settings = engine.settings();
        this.executor = executor;
        this.client = client;
        this.owner = opener;
        this.engine = engine;
        this.serial = new SerialExecutor(executor);
        this.transports = new Transports(this, outbox, engine.latePolls(), settings.upgradeTimeout());
        this.first = new FirstBytes(settings.mostAtFirst(), settings.maxPayload());
        this.input = engine.budget().open(client, excess -> refuse(excess.reason()));
        this.heartbeat = new Heartbeat(this, settings, System::nanoTime);
    }

    /** Any thread. */
    String id() {
        return id;
    }

    /**
     * Whether somebody may use it. It stays with the login that opened it, or the first that came later, whose requests show
     * nothing: these stay with the address that opened it. Any thread.
     */
    boolean isOf(Access access, ClientAddress from) {
        Access now = owner;
        return !now.isLogin() || now.isOfSame(access) || taken && from.equals(client);
    }

    /** A login came by it, though not with the request that opened it; in the session's order. */
    public void take(Access login) {
        if (!owner.isLogin() && login.isLogin()) {
            taken = true;
            owner = login;
        }
    }

    /** Any thread. */
    boolean isClosed() {
        return closed;
    }

    Transports transports() {
        return transports;
    }

    /** What the client may send at present. */
    FirstBytes first() {
        return first;
    }

    /** It sends more than its rate. */
    void delayed() {
        engine.delayed();
    }

    /** Runs a task in the session's order; any thread. */
    public void execute(Runnable task) {
        serial.execute(task);
    }

    /** The session's event loop of now; any thread. */
    public EventExecutor executor() {
        return executor;
    }

    /** Whom it counts for where there are limits for one address; any thread. */
    public ClientAddress client() {
        return client;
    }

    /** Counts the client's waiting input; any thread. */
    public InputBudget.Account input() {
        return input;
    }

    /** Sends a packet in order; too much unsent data ends the session instead. Any thread. */
    public void send(Wire wire) {
        execute(() -> enqueue(wire));
    }

    /** Offers newer data, which is requested when it can be sent; called on the event loop. */
    public void offer(Feed feed) {
        if (!closed) {
            transports.offer(feed);
        }
    }

    /**
     * The client has shown what it is here for: it may send as much as the settings say, and keeps its place when others
     * come. Before that it may send 64 KiB, in sum too.
     */
    public void trust() {
        if (first.trust()) {
            engine.trusted(this);
            transports.limit();
        }
    }

    /** Ends the session and informs the client; any thread. */
    public void close(String reason) {
        execute(() -> end(reason, Wire.CLOSE));
    }

    /** Ends the session because of the client's input, with a reason for people; any thread. */
    public void refuse(String why) {
        execute(() -> end(PARSE_ERROR + ": " + why, Wire.CLOSE, POLICY_VIOLATION, why));
    }

    /** Begins over long-polling: the handshake is the first poll's answer. */
    void open(EngineListener receiver, Poll first) {
        listener = receiver;
        first.answer(Poll.packets(Wire.of(EnginePacket.OPEN, settings.handshake(id, "[\"websocket\"]"))));
        heartbeat.begin();
    }

    /** Begins over a WebSocket. */
    void open(EngineListener receiver, SocketTransport socket) {
        listener = receiver;
        transports.carry(socket);
        socket.text(EnginePacket.OPEN.digit() + settings.handshake(id, "[]")); // before anybody is told what has gone
        heartbeat.begin();
    }

    /** From the next task on everything happens on another event loop, that of the WebSocket that takes over. */
    void moveTo(EventExecutor loop) {
        listener.onMoving();
        heartbeat.stop();
        executor = loop;
        serial.moveTo(loop, this::moved);
    }

    private void moved() {
        if (!closed) {
            transports.flush();
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
            case CLOSE -> {
                transports.expectLastPoll();
                end(TRANSPORT_CLOSE, Wire.NOOP);
            }
            case NOOP -> {}
            default -> throw new MalformedPacketException("a client sends no " + type + " here");
        }
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
        transports.flush();
    }

    /** A packet out of the outbox has gone. */
    void gone(Wire wire) {
        outbox.gone(wire);
        if (wire == Wire.PING) {
            heartbeat.awaitPong();
        }
    }

    /** A WebSocket's time to answer begins when the kernel has taken the ping, that of long-polling at once. */
    void ping() {
        if (!transports.isWebSocket()) {
            heartbeat.awaitPongInTime();
        }
        enqueue(Wire.PING);
    }

    /** Ends it if its time is over, though no timer has run yet. */
    void endIfOverdue() {
        if (heartbeat.isOverdue()) {
            silent();
        }
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
    void end(String reason, Wire last) {
        end(reason, last, NORMAL, "");
    }

    private void end(String reason, Wire last, int closeCode, String why) {
        if (closed) {
            return;
        }
        closed = true;
        heartbeat.stop();
        outbox.clear();
        transports.stop(last, closeCode, why);
        listener.onClose(reason);
        input.close();
        engine.closed(this);
    }
}
