package dev.sightline.app;

import dev.sightline.admin.Doors;
import dev.sightline.http.HttpServer;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.StreamStatus;
import dev.sightline.tls.MachineNames;
import dev.sightline.tls.Tls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A server that is up. Safe for use by any thread. */
public final class RunningServer implements AutoCloseable {
    private final HttpServer http;
    private final Optional<Tls> tls;
    private final StreamRegistry registry;
    private final CountDownLatch closed = new CountDownLatch(1);

    RunningServer(HttpServer http, Optional<Tls> tls, StreamRegistry registry) {
        this.http = http;
        this.tls = tls;
        this.registry = registry;
    }

    /** The port it listens on. */
    public int port() {
        return http.address().getPort();
    }

    /** The address to open in a browser on this computer. */
    public URI address() {
        InetSocketAddress address = http.address();
        InetAddress host = address.getAddress();
        return Doors.address(tls.isPresent(), host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress(), address.getPort());
    }

    /** The address to open on other computers and phones; empty if the server listens on this computer alone. */
    public Optional<URI> lanAddress() {
        return MachineNames.lanAddress(http.address().getAddress())
                .map(host -> Doors.address(tls.isPresent(), host.getHostAddress(), port()));
    }

    /** The server's certificate; empty if it speaks plain HTTP. */
    Optional<Tls> tls() {
        return tls;
    }

    /** How each stream is doing, in order. */
    public List<StreamStatus> streams() {
        return registry.all().stream().map(stream -> stream.status()).toList();
    }

    /** Waits until somebody closes the server. */
    public void awaitClose() throws InterruptedException {
        closed.await();
    }

    /** Ends the streams, then the connections. */
    @Override
    public void close() {
        registry.close();
        http.close();
        tls.ifPresent(Tls::close);
        closed.countDown();
    }
}
