package dev.sightline.transport.socketio;

import dev.sightline.access.Access;
import dev.sightline.http.Request;
import dev.sightline.http.limits.Deadline;
import dev.sightline.http.limits.RateLimitedLog;
import dev.sightline.refusal.RefusedException;
import dev.sightline.socketio.Ack;
import dev.sightline.socketio.Arguments;
import dev.sightline.socketio.ConnectRefusedException;
import dev.sightline.socketio.EventHandler;
import dev.sightline.socketio.Handshake;
import dev.sightline.transport.socketio.engine.EngineListener;
import dev.sightline.transport.socketio.engine.EngineSession;
import dev.sightline.transport.socketio.engine.MalformedPacketException;
import dev.sightline.transport.socketio.engine.SerialExecutor;
import dev.sightline.transport.socketio.engine.Wire;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/**
 * One session's Socket.IO: the namespaces it is connected to, and what goes between them and the handlers.
 *
 * <p>All but {@link #execute} and {@link #workers} is used in the session's order. Handlers run on the workers, one at a
 * time for each connection; what waits for them is bounded, and a client that sends more than they can take is closed.
 */
final class Connection implements EngineListener {
    private static final RateLimitedLog FAULTS = new RateLimitedLog(LoggerFactory.getLogger(Connection.class));
    private static final int MAX_NAMESPACES = 16;
    private static final int MAX_WAITING_EVENTS = 10_000;
    /** What a value of JSON takes in memory besides its characters, roughly. */
    private static final int VALUE_MEMORY = 50;

    private final EngineSession session;
    private final Opening opening;
    private final Hub hub;
    private final PacketDecoder decoder;
    private final SerialExecutor handlers;
    private final AtomicLong waitingEvents = new AtomicLong();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Map<String, ConnectedClient> clients = new HashMap<>();
    /** Namespaces the program sent the client away from: it may not know yet. */
    private final Set<String> sentAway = new HashSet<>();

    private final Deadline deadline;
    private final Deadline connectDeadline;

    private int packetBytes;
    private long packetValues;
    private long awaitedBytes;

    Connection(EngineSession session, Request request, Hub hub) {
        this.session = session;
        this.opening = Opening.of(request);
        this.hub = hub;
        this.decoder = new PacketDecoder(hub.settings().maxPayload());
        this.handlers = new SerialExecutor(hub.workers());
        Deadline.Timer timer = new SessionTimer(session);
        this.deadline = new Deadline(timer, this::late);
        this.connectDeadline = new Deadline(timer, () -> session.close(EngineSession.PING_TIMEOUT));
        connectDeadline.start(hub.connectTimeout());
    }

    private void late() {
        session.refuse("an event's attachments have to be there within "
                + hub.settings().messageTimeout().toMillis() / 1_000.0 + " s");
    }

    /** Runs a task in the session's order; any thread. */
    void execute(Runnable task) {
        session.execute(task);
    }

    /** Where what a program waits for is completed. */
    Executor workers() {
        return hub.workers();
    }

    EngineSession session() {
        return session;
    }

    void send(Wire wire) {
        session.send(wire);
    }

    /** The program sends a client away. */
    void sendAway(ConnectedClient client) {
        if (clients.remove(client.namespace(), client)) {
            sentAway.add(client.namespace());
            send(PacketEncoder.encode(Packet.disconnect(client.namespace())));
            left(client, "server namespace disconnect");
        }
    }

    /** In the session's order: the login of a client has ended, and with the last client the session. */
    void accessEnded(ConnectedClient client) {
        sendAway(client);
        if (clients.isEmpty()) {
            session.close(EngineSession.TRANSPORT_CLOSE);
        }
    }

    @Override
    public void onText(String message) throws MalformedPacketException {
        packetBytes = message.length();
        packetValues = values(message);
        handle(decoded(decoder.text(message)));
    }

    @Override
    public void onBinary(byte[] message) throws MalformedPacketException {
        packetBytes += message.length;
        handle(decoded(decoder.binary(message)));
    }

    /** Values of JSON in a text, roughly. */
    private static long values(String json) {
        long values = 0;
        for (int i = 0; i < json.length(); i++) {
            char each = json.charAt(i);
            if (each == ',' || each == '[') {
                values++;
            }
        }
        return values;
    }

    /** What waits for more of its event counts as held, and has its time. */
    private Optional<Packet> decoded(Optional<Packet> complete) {
        long now = complete.isEmpty() ? packetBytes : 0;
        session.input().add(now - awaitedBytes);
        awaitedBytes = now;
        if (complete.isPresent()) {
            deadline.stop();
        }
        deadline.unfinished(complete.isEmpty(), hub.settings().messageTimeout());
        return complete;
    }

    @Override
    public void onMoving() {
        clients.values().forEach(client -> client.binding().ifPresent(StreamBinding::pause));
    }

    @Override
    public void onMoved() {
        clients.values().stream().flatMap(client -> client.binding().stream()).forEach(this::reopen);
    }

    @Override
    public void onClose(String reason) {
        deadline.end();
        connectDeadline.end();
        hub.figures().ended(reason);
        List<ConnectedClient> leaving = List.copyOf(clients.values());
        clients.clear();
        leaving.forEach(client -> left(client, reason));
    }

    private void reopen(StreamBinding binding) {
        try {
            binding.open();
        } catch (RefusedException e) {
            session.close(EngineSession.TRANSPORT_CLOSE); // it comes back, and is told why
        }
    }

    private void handle(Optional<Packet> complete) throws MalformedPacketException {
        if (complete.isEmpty()) {
            return;
        }
        Packet packet = complete.get();
        ConnectedClient client = clients.get(packet.namespace());
        if (packet.type() == Packet.Type.CONNECT) {
            if (client != null) {
                throw new MalformedPacketException("a second CONNECT");
            }
            connect(packet);
        } else if (client == null && sentAway.contains(packet.namespace())) {
            hub.figures().ignored("an event for " + packet.namespace() + ", which it was sent away from");
        } else if (client == null || !client.isConnected()) {
            throw new MalformedPacketException(packet.type() + " before CONNECT");
        } else {
            handle(client, packet);
        }
    }

    private void handle(ConnectedClient client, Packet packet) throws MalformedPacketException {
        switch (packet.type()) {
            case DISCONNECT -> {
                clients.remove(client.namespace());
                left(client, "client namespace disconnect");
            }
            case EVENT -> event(client, packet);
            case ACK -> client.answered(packet.id().orElseThrow(), packet.items());
            default -> throw new MalformedPacketException("a client sends no " + packet.type());
        }
    }

    private void connect(Packet packet) throws MalformedPacketException {
        if (clients.size() == MAX_NAMESPACES) {
            throw new MalformedPacketException("more than " + MAX_NAMESPACES + " namespaces");
        }
        sentAway.remove(packet.namespace());
        Optional<OpenNamespace> namespace = hub.namespace(packet.namespace());
        if (namespace.isEmpty()) {
            refuse(packet.namespace(), new ConnectRefusedException("Invalid namespace"));
            return;
        }
        Handshake handshake = opening.handshake(packet.data());
        try {
            Access access = hub.access(handshake, opening.access(), session.client());
            session.take(access);
            ConnectedClient client = new ConnectedClient(namespace.get(), handshake, access, this);
            clients.put(packet.namespace(), client);
            work(() -> greet(client));
        } catch (RefusedException e) {
            refuse(packet.namespace(), refusal(e));
        }
    }

    /** On a worker. */
    private void greet(ConnectedClient client) {
        try {
            client.home().connect().connect(client);
            execute(() -> admit(client));
        } catch (ConnectRefusedException e) {
            execute(() -> refuse(client, e));
        } catch (Exception e) {
            FAULTS.report("the handler of connections to " + client.namespace() + " failed", e);
            execute(() -> refuse(client, new ConnectRefusedException("something went wrong in the server")));
        }
    }

    private void admit(ConnectedClient client) {
        if (client.hasLeft()) {
            return;
        }
        try {
            Optional<StreamBinding> binding = hub.binding(client);
            if (binding.isPresent()) {
                binding.get().open();
            }
            hub.figures().joined();
            connectDeadline.end();
            session.trust();
            client.welcome(PacketEncoder.encode(Packet.connect(client.namespace(), client.id())), binding);
        } catch (RefusedException e) {
            refuse(client, e);
        }
    }

    private void refuse(ConnectedClient client, RefusedException why) {
        refuse(client, refusal(why));
    }

    private static ConnectRefusedException refusal(RefusedException why) {
        return new ConnectRefusedException(why.getMessage(), Map.of("status", why.status()));
    }

    private void refuse(ConnectedClient client, ConnectRefusedException why) {
        if (clients.remove(client.namespace(), client)) {
            client.leave();
            refuse(client.namespace(), why);
        }
    }

    private void refuse(String namespace, ConnectRefusedException why) {
        hub.figures().refused(String.valueOf(why.getMessage()));
        send(PacketEncoder.encode(Packet.connectError(namespace, why)));
    }

    private void left(ConnectedClient client, String reason) {
        if (client.leave()) {
            hub.figures().left();
            work(() -> client.home().disconnect().disconnected(client, reason));
        }
    }

    private void event(ConnectedClient client, Packet packet) {
        String event = String.valueOf(packet.items().get(0));
        List<?> values = packet.items().subList(1, packet.items().size());
        Ack ack = new EventAck(client, packet.id());
        EventHandler handler = client.home().handler(event);
        boolean taken = client.binding()
                .filter(binding -> binding.event(event, values, ack))
                .isPresent();
        if (handler != null) {
            heavyWork(() -> handler.handle(client, new Arguments(values), ack));
        } else if (!taken) {
            Refusal refusal = client.binding()
                    .map(binding -> binding.refusal(event))
                    .orElseGet(() -> Refusal.unknown(event, " in " + client.namespace()));
            hub.figures().ignored(refusal.detail());
            refusal.tell(client, event, ack);
        }
    }

    /** Calls a handler with what a client sent, unless too much waits already. */
    private void heavyWork(Work work) {
        long bytes = packetBytes + VALUE_MEMORY * packetValues;
        boolean full = waitingEvents.get() >= MAX_WAITING_EVENTS
                || waitingBytes.get() > hub.settings().maxPayload();
        if (full) {
            session.close(EngineSession.PARSE_ERROR + ": more events than the handlers can take");
            return;
        }
        waitingEvents.incrementAndGet();
        waitingBytes.addAndGet(bytes);
        session.input().add(bytes);
        work(() -> {
            waitingEvents.decrementAndGet();
            waitingBytes.addAndGet(-bytes);
            session.input().add(-bytes);
            work.run();
        });
    }

    private void work(Work work) {
        handlers.execute(() -> {
            try {
                work.run();
            } catch (Exception e) {
                FAULTS.report("a Socket.IO handler failed", e);
            }
        });
    }

    /** Something of the program's own that may fail. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }
}
