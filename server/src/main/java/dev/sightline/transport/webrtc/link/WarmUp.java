package dev.sightline.transport.webrtc.link;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shakes hands with itself some times and encrypts some packets, so that Java has loaded and compiled what the first peer
 * would wait a second for.
 */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final Duration LONGEST = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MAX_HANDSHAKES = 40;
    private static final int PACKETS = 4_000;
    private static final int PACKET_BYTES = 1200;

    private final Handshakes room;
    private final long deadline = System.nanoTime() + LONGEST.toNanos();
    private int done;

    WarmUp(Handshakes room) {
        this.room = room;
    }

    /** Runs in the room, as handshakes do. */
    void start() {
        Ends ends = new Ends();
        DtlsWire server = new DtlsWire(datagram -> ends.client.accept(datagram), room.turnstile());
        DtlsWire client = new DtlsWire(server::arrived, room.turnstile());
        ends.client = client::arrived;
        room.run(() -> connect(client));
        room.run(() -> accept(server));
    }

    private void connect(DtlsWire wire) {
        try {
            new DTLSClientProtocol().connect(new WarmUpClient(room.identity()), wire);
        } catch (IOException e) {
            LOG.debug("the port is closed before it is warm", e);
        }
    }

    private void accept(DtlsWire wire) {
        DtlsServer server = new DtlsServer(room.identity(), new PeerCertificate(Optional.empty()), PATIENCE);
        try {
            new DTLSServerProtocol().accept(server, wire);
            if (done == 0) {
                encrypt(server.sending());
            }
        } catch (IOException | GeneralSecurityException e) {
            LOG.debug("the port is closed before it is warm", e);
            return;
        }
        done++;
        if (done < MAX_HANDSHAKES && System.nanoTime() < deadline) {
            start();
        }
    }

    private static void encrypt(SrtpKeys keys) throws GeneralSecurityException {
        SrtpSender sender = new SrtpSender(keys.cipher());
        byte[] packet = new byte[PACKET_BYTES];
        byte[] sealed = new byte[PACKET_BYTES + SrtpProfile.MAX_OVERHEAD_BYTES];
        packet[0] = (byte) 0x80;
        for (int i = 0; i < PACKETS; i++) {
            Bits.put16(packet, 2, i);
            sender.rtp(packet, 0, packet.length, sealed);
        }
    }

    /** Each end needs the other. */
    private static final class Ends {
        private volatile Consumer<byte[]> client = datagram -> {};
    }
}
