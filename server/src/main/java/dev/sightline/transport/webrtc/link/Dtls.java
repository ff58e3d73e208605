package dev.sightline.transport.webrtc.link;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The DTLS side of one transport: the handshake, on a thread of {@link DtlsExecutor}, and what comes after it, which is little
 * and waits for nothing. The media thread only, but for what is said otherwise.
 */
final class Dtls {
    private static final int APPLICATION_DATA = 23;
    private static final int HANDSHAKE = 22;
    private static final int HANDSHAKE_AT = 13;
    private static final int CLIENT_HELLO = 1;
    private static final int MAX_RECORD_BYTES = 2048;

    /** What a transport hears of it, on the media thread. */
    interface Owner {
        /** The handshake is going to need a thread. */
        default void onBegun() {}

        void onSecured(SrtpSender sender, SrtpReceiver receiver);

        /** {@code why} is a part of a sentence; empty if time has run out. */
        void onFailed(String why);

        void onPeerLeft();
    }

    private final DtlsExecutor room;
    private final Executor media;
    private final Owner owner;
    private final PeerCertificate peer;
    private final Duration patience;
    private final DtlsWire wire;
    private final Counters counters;
    private DtlsSide side;
    private boolean client;
    private boolean started;
    private boolean running;
    private @Nullable DTLSTransport done;

    /**
     * @param send takes the datagrams that are to be sent, on the media thread
     * @param media runs something on the media thread
     */
    Dtls(
            DtlsExecutor room,
            PeerCertificate peer,
            Duration patience,
            Executor media,
            Consumer<byte[]> send,
            Owner owner,
            Counters counters) {
        this.room = room;
        this.media = media;
        this.owner = owner;
        this.counters = counters;
        this.peer = peer;
        this.patience = patience;
        this.side = new DtlsServer(room.identity(), peer, patience);
        this.wire = new DtlsWire(datagram -> media.execute(() -> send.accept(datagram)), room.turnstile());
    }

    /** A datagram has come, which begins at 0; the first that says hello starts the handshake. */
    void received(byte[] packet, int length) {
        if (packet[0] == APPLICATION_DATA) {
            return; // of data channels, of which there are none
        }
        if (!started && !isHello(packet, length)) {
            counters.junk.add(1);
            return;
        }
        wire.arrived(Arrays.copyOf(packet, length));
        if (done != null) {
            drain(done);
        } else if (!started) {
            start();
        }
    }

    /** Whether it is a part of a ClientHello (RFC 6347 sections 4.1 and 4.2.2), for which alone a thread is worth while. */
    private static boolean isHello(byte[] packet, int length) {
        return length > HANDSHAKE_AT && packet[0] == HANDSHAKE && packet[HANDSHAKE_AT] == CLIENT_HELLO;
    }

    /** The peer is going to wait for us: we shall be the client. Does nothing if it has begun all the same. */
    void beClient() {
        if (!started) {
            client = true;
            side = new DtlsClient(room.identity(), peer, patience);
        }
    }

    /** The peer can be reached: if it waits for us, the handshake begins. */
    void reached() {
        if (client && !started) {
            start();
        }
    }

    private void start() {
        started = true;
        owner.onBegun();
        if (room.run(this::shake)) {
            running = true;
            counters.handshakesRunning.add(1);
        } else {
            failed("too many peers come at the same time");
        }
    }

    boolean started() {
        return started;
    }

    /** On a thread of the handshakes' own. */
    private void shake() {
        try {
            DTLSTransport transport = side.shake(wire);
            SrtpSender sender = new SrtpSender(side.keys());
            SrtpReceiver receiver = new SrtpReceiver(side.keys());
            media.execute(() -> secured(transport, sender, receiver));
        } catch (TlsTimeoutException e) {
            media.execute(() -> failed(""));
        } catch (Throwable e) {
            // An Error as well: for want of memory, or of a class.
            String why = side.complaint().isEmpty() ? String.valueOf(e.getMessage()) : side.complaint();
            media.execute(() -> failed(why));
        }
    }

    private void secured(DTLSTransport transport, SrtpSender sender, SrtpReceiver receiver) {
        ended();
        counters.handshakesDone.add(1);
        wire.poll();
        done = transport;
        owner.onSecured(sender, receiver);
        drain(transport);
    }

    private void failed(String why) {
        ended();
        counters.handshakesFailed.add(1);
        owner.onFailed(why);
    }

    private void ended() {
        if (running) {
            running = false;
            counters.handshakesRunning.add(-1);
        }
    }

    /** Reads all that has come: a peer that has lost our last words repeats its own; another says goodbye. */
    private void drain(DTLSTransport transport) {
        try {
            while (!side.ended()) {
                transport.receive(new byte[MAX_RECORD_BYTES], 0, MAX_RECORD_BYTES, 0);
            }
        } catch (InterruptedIOException e) {
            // All that was there is read.
        } catch (IOException e) {
            owner.onPeerLeft();
            return;
        }
        if (side.ended()) {
            owner.onPeerLeft();
        }
    }

    /** Says goodbye to the peer, or breaks off the handshake. */
    void close() {
        ended();
        wire.end();
        if (done != null) {
            try {
                done.close();
            } catch (IOException e) {
                // It will notice by itself.
            }
        }
    }
}
