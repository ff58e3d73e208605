package dev.sightline.transport.socketio;

import dev.sightline.socketio.Ack;
import dev.sightline.transport.socketio.engine.Wire;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Answers one event of a client, if the client asked for an acknowledgement. Safe for use by any thread. */
final class EventAck implements Ack {
    private final ConnectedClient client;
    private final OptionalLong id;
    private final AtomicBoolean sent = new AtomicBoolean();

    EventAck(ConnectedClient client, OptionalLong id) {
        this.client = client;
        this.id = id;
    }

    @Override
    public boolean isWanted() {
        return id.isPresent();
    }

    @Override
    public void send(@Nullable Object... arguments) {
        if (id.isEmpty()) {
            return;
        }
        Wire wire = PacketEncoder.encode(new Packet(Packet.Type.ACK, client.namespace(), id, Arrays.asList(arguments)));
        if (sent.compareAndSet(false, true)) {
            client.send(wire);
        }
    }
}
