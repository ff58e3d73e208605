package dev.sightline.app;

import dev.sightline.http.HttpServer;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.StreamStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A server that is up. Safe for use by any thread. */
public final class RunningServer implements AutoCloseable {
    private final HttpServer http;
    private final StreamRegistry registry;
    private final CountDownLatch closed = new CountDownLatch(1);

    RunningServer(HttpServer http, StreamRegistry registry) {
        this.http = http;
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
        String name = host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress();
        return URI.create("http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + address.getPort() + "/");
    }

    /** How each stream is doing, in order. */
    public List<StreamStatus> streams() {
        return registry.statuses();
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
        closed.countDown();
    }
}
