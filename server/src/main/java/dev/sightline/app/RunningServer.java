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
    private final List<HttpServer> http;
    private final StreamRegistry registry;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** With the ports it listens on, the main one first. */
    RunningServer(List<HttpServer> http, StreamRegistry registry) {
        this.http = http;
        this.registry = registry;
    }

    /** The ports it listens on, the main one first, then further ones in the order they were asked for. */
    public List<Integer> ports() {
        return http.stream().map(port -> port.address().getPort()).toList();
    }

    /** The address to open in a browser on this computer. */
    public URI address() {
        InetSocketAddress address = http.get(0).address();
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
        http.forEach(HttpServer::close);
        closed.countDown();
    }
}
