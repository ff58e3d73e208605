package dev.sightline;

import dev.sightline.app.RunningServer;
import dev.sightline.app.StartupBanner;
import dev.sightline.stream.status.StreamStatus;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** An embedded server that is up; {@link #close} ends it. Safe for use by any thread. */
public final class SightlineServer implements AutoCloseable {
    private final RunningServer server;

    SightlineServer(RunningServer server) {
        this.server = server;
    }

    /** The port it listens on. */
    public int port() {
        return server.ports().get(0);
    }

    /** The ports it listens on: the main one, then further ones in the order they were asked for. */
    public List<Integer> ports() {
        return server.ports();
    }

    /** The address to open in a browser on this computer. */
    public URI address() {
        return server.address();
    }

    /** The address to open on other computers and phones; empty if the server listens on this computer alone. */
    public Optional<URI> lanAddress() {
        return server.lanAddress();
    }

    /**
     * Lines for people: the address to open here and on other computers, and what browsers there will ask for.
     *
     * @param what is at the address, for example {@code The camera}
     */
    public List<String> greeting(String what) {
        return StartupBanner.lines(server, what);
    }

    /** How each stream is doing, in order. */
    public List<StreamStatus> streams() {
        return server.streams();
    }

    /** Waits until somebody closes the server. */
    public void awaitClose() throws InterruptedException {
        server.awaitClose();
    }

    /** Ends the streams and closes all connections. */
    @Override
    public void close() {
        server.close();
    }
}
