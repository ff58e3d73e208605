package dev.sightline.transport.webrtc.dtls;

import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * DTLS with one peer: the handshake, on a thread of {@link DtlsExecutor}, and what follows it, which is little and never waits.
 * Used on the media thread, unless stated otherwise.
 */
public final class Dtls {
    private static final int APPLICATION_DATA = 23;
    private static final int HANDSHAKE = 22;
    private static final int HANDSHAKE_AT = 13;
    private static final int CLIENT_HELLO = 1;
    private static final int MAX_RECORD_BYTES = 2048;

    /** The user of this connection. All calls are made on the media thread, unless stated otherwise. */
    public interface Owner {
        /** Runs a task on the media thread. Any thread. */
        void execute(Runnable task);

        /** Sends a datagram to the peer. */
        void send(byte[] datagram);

        /** The handshake is about to need a thread. */
        default void onBegun() {}

        /**
         * The handshake is done. Called on the handshake's thread, which may compute; returns what to do next on the media
         * thread.
         */
        Runnable onKeys(SrtpKeyingMaterial keys) throws GeneralSecurityException;

        /** The handshake failed. {@code why} is part of a sentence; empty if it timed out. */
        void onFailed(String why);

        /** The peer has said goodbye. */
        void onPeerLeft();
    }

    private final DtlsExecutor room;
    private final Owner owner;
    private final PeerCertificate peer;
    private final Duration patience;
    private final DtlsWire wire;
    private DtlsSide side;
    private boolean client;
    private boolean reachable;
    private boolean started;
    private boolean running;
    private @Nullable DTLSTransport done;

    /**
     * Creates a connection that waits for the peer's ClientHello.
     *
     * @param patience how long a handshake may take
     */
    public Dtls(DtlsExecutor room, PeerCertificate peer, Duration patience, Owner owner) {
        this.room = room;
        this.owner = owner;
        this.peer = peer;
        this.patience = patience;
        this.side = new DtlsServer(room.identity(), peer, patience);
        this.wire = new DtlsWire(datagram -> owner.execute(() -> owner.send(datagram)), room.turnstile());
    }

    /** Takes a datagram, which begins at index 0; the first ClientHello starts the handshake. False if it comes too early. */
    public boolean received(byte[] packet, int length) {
        if (packet[0] == APPLICATION_DATA) {
            return true; // from data channels, which we do not support
        }
        if (!started && !isHello(packet, length)) {
            return false;
        }
        wire.arrived(Arrays.copyOf(packet, length));
        if (done != null) {
            drain(done);
        } else if (!started) {
            start();
        }
        return true;
    }

    /** Whether it is part of a ClientHello (RFC 6347 sections 4.1 and 4.2.2); only that is worth a thread. */
    private static boolean isHello(byte[] packet, int length) {
        return length > HANDSHAKE_AT && packet[0] == HANDSHAKE && packet[HANDSHAKE_AT] == CLIENT_HELLO;
    }

    /**
     * The peer will wait for us: we become the client, and begin if it is reachable already, since its only check may overtake
     * this call. Does nothing if the peer has begun all the same.
     */
    public void beClient() {
        if (!started) {
            client = true;
            side = new DtlsClient(room.identity(), peer, patience);
            beginIfClient();
        }
    }

    /** The peer is reachable: if it waits for us, the handshake begins. */
    public void reached() {
        reachable = true;
        beginIfClient();
    }

    private void beginIfClient() {
        if (client && reachable && !started) {
            start();
        }
    }

    private void start() {
        started = true;
        owner.onBegun();
        if (room.run(this::shake)) {
            running = true;
            room.runningCount.add(1);
        } else {
            failed("too many peers come at the same time");
        }
    }

    /** Whether the handshake has begun. */
    public boolean started() {
        return started;
    }

    /** Runs on a handshake thread. */
    private void shake() {
        try {
            DTLSTransport transport = side.shake(wire);
            Runnable next = owner.onKeys(side.outcome().keys());
            owner.execute(() -> secured(transport, next));
        } catch (TlsTimeoutException e) {
            owner.execute(() -> failed(""));
        } catch (Throwable e) {
            // Errors too, such as for lack of memory or a missing class.
            String complaint = side.outcome().complaint();
            String why = complaint.isEmpty() ? String.valueOf(e.getMessage()) : complaint;
            owner.execute(() -> failed(why));
        }
    }

    private void secured(DTLSTransport transport, Runnable next) {
        ended();
        room.doneCount.add(1);
        wire.poll();
        done = transport;
        next.run();
        drain(transport);
    }

    private void failed(String why) {
        ended();
        room.failedCount.add(1);
        owner.onFailed(why);
    }

    private void ended() {
        if (running) {
            running = false;
            room.runningCount.add(-1);
        }
    }

    /** Reads all that has come: a peer that missed our last flight repeats its own; another says goodbye. */
    private void drain(DTLSTransport transport) {
        try {
            while (!side.outcome().ended()) {
                transport.receive(new byte[MAX_RECORD_BYTES], 0, MAX_RECORD_BYTES, 0);
            }
        } catch (InterruptedIOException e) {
            // Everything available was read.
        } catch (IOException e) {
            owner.onPeerLeft();
            return;
        }
        if (side.outcome().ended()) {
            owner.onPeerLeft();
        }
    }

    /** Says goodbye to the peer, or aborts the handshake. */
    public void close() {
        ended();
        wire.end();
        if (done != null) {
            try {
                done.close();
            } catch (IOException e) {
                // The peer will notice by itself.
            }
        }
    }
}
