package dev.sightline;

import dev.sightline.app.RunningServer;
import dev.sightline.app.StartupBanner;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A running embedded server; {@link #close} ends it. Safe for use by any thread. */
public final class SightlineServer implements AutoCloseable {
    private final RunningServer server;

    SightlineServer(RunningServer server) {
        this.server = server;
    }

    /** The port the server listens on. */
    public int port() {
        return server.ports().get(0);
    }

    /** The ports the server listens on: the main one first, then the others in the order they were described. */
    public List<Integer> ports() {
        return server.ports();
    }

    /** The address to open in a browser on this computer. */
    public URI address() {
        return server.address();
    }

    /** The address to open on other computers and phones; empty if the server listens only on this computer. */
    public Optional<URI> lanAddress() {
        return server.lanAddress();
    }

    /**
     * Lines for people: the addresses to open here and on other computers, and what browsers there will ask.
     *
     * @param what what is at the address, for example {@code The camera}
     */
    public List<String> greeting(String what) {
        return StartupBanner.lines(server, what);
    }

    /** The status of each stream, in the order they were described. */
    public List<StreamInfo> streams() {
        return server.streams().stream().map(StreamInfo::new).toList();
    }

    /** Waits until the server is closed. */
    public void awaitClose() throws InterruptedException {
        server.awaitClose();
    }

    /** Ends the streams and closes all connections. */
    @Override
    public void close() {
        server.close();
    }
}
