package dev.sightline.app;

import dev.sightline.admin.Doors;
import dev.sightline.http.HttpServer;
import dev.sightline.http.tls.MachineNames;
import dev.sightline.http.tls.Tls;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.transport.webrtc.WebRtcTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A running server. Safe for use by any thread. */
public final class RunningServer implements AutoCloseable {
    /** The running servers of this process, in the order of their start. */
    private static final List<RunningServer> OPEN = new CopyOnWriteArrayList<>();

    private final List<HttpServer> http;
    private final WebRtcTransport webRtc;
    private final Optional<Tls> tls;
    private final StreamRegistry registry;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Takes the ports, the main one first, and the certificate if the server uses HTTPS. */
    RunningServer(List<HttpServer> http, WebRtcTransport webRtc, Optional<Tls> tls, StreamRegistry registry) {
        this.http = http;
        this.webRtc = webRtc;
        this.tls = tls;
        this.registry = registry;
    }

    /** The running servers of this process. */
    static List<RunningServer> open() {
        return List.copyOf(OPEN);
    }

    /** Everything is started: the server counts as running until it is closed. */
    RunningServer up() {
        OPEN.add(this);
        return this;
    }

    /** The ports it listens on: the main one first, then the others in the order they were described. */
    public List<Integer> ports() {
        return http.stream().map(port -> port.address().getPort()).toList();
    }

    /** The address to open in a browser on this computer. */
    public URI address() {
        InetSocketAddress address = http.get(0).address();
        InetAddress host = address.getAddress();
        return Doors.address(
                tls.isPresent(), host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress(), address.getPort());
    }

    /** The address to open on other computers and phones; empty if the server listens only on this computer. */
    public Optional<URI> lanAddress() {
        return MachineNames.lanAddress(http.get(0).address().getAddress())
                .map(host -> Doors.address(tls.isPresent(), host.getHostAddress(), ports().get(0)));
    }

    /** The server's certificate; empty if it uses plain HTTP. */
    Optional<Tls> tls() {
        return tls;
    }

    /** The status of each stream, in order. */
    public List<StreamStatus> streams() {
        return registry.statuses();
    }

    /** Waits until the server is closed. */
    public void awaitClose() throws InterruptedException {
        closed.await();
    }

    /**
     * Closes the ports, then the connections, and ends the streams last, when no client is left that could misread their
     * absence: a page finds no server, and waits for it.
     */
    @Override
    public void close() {
        OPEN.remove(this);
        http.forEach(HttpServer::refuse);
        registry.farewell();
        http.forEach(HttpServer::close);
        webRtc.close();
        registry.close();
        tls.ifPresent(Tls::close);
        closed.countDown();
    }
}
