package dev.sightline.transport.webrtc.dtls;

import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Performs a handshake with itself and uses the keys. It runs once at the start, so that Java has loaded what the first peer
 * would wait a second for, and again later in the background, so that the code is compiled before many peers come at once.
 */
final class WarmUp {
    /** What one handshake with itself takes. */
    static final int THREADS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A starting server has better things to do; so has the first page, which needs frames. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int HANDSHAKES = 40;

    /** For the whole process: code compiled for one server is compiled for all. */
    private static final AtomicInteger DONE = new AtomicInteger();

    private final DtlsExecutor room;
    private final Consumer<SrtpKeyingMaterial> use;

    WarmUp(DtlsExecutor room, Consumer<SrtpKeyingMaterial> use) {
        this.room = room;
        this.use = use;
    }

    /** Starts it as handshakes run, unless this process is warm. */
    void start() {
        if (DONE.get() < HANDSHAKES) {
            shake();
        }
    }

    /** One handshake; more follow until this process is warm. */
    void shake() {
        Ends ends = new Ends();
        DtlsWire server = new DtlsWire(datagram -> ends.client.accept(datagram), room.turnstile());
        DtlsWire client = new DtlsWire(server::arrived, room.turnstile());
        ends.client = client::arrived;
        room.run(() -> connect(client));
        room.run(() -> accept(server));
    }

    private void connect(DtlsWire wire) {
        try {
            new DtlsClient(room.identity(), anybody(), PATIENCE).shake(wire);
        } catch (IOException e) {
            LOG.debug("the port is closed before it is warm", e);
        }
    }

    private void accept(DtlsWire wire) {
        DtlsSide server = new DtlsServer(room.identity(), anybody(), PATIENCE);
        try {
            server.shake(wire);
            use.accept(server.outcome().keys());
        } catch (IOException e) {
            LOG.debug("the port is closed before it is warm", e);
            return;
        }
        Duration pause = DONE.incrementAndGet() == 1 ? FIRST_PAUSE : PAUSE;
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::start);
    }

    private static PeerCertificate anybody() {
        return new PeerCertificate(Optional.empty());
    }

    /** Each end needs the other. */
    private static final class Ends {
        private volatile Consumer<byte[]> client = datagram -> {};
    }
}
