package dev.sightline.app;

import dev.sightline.admin.Doors;
import dev.sightline.app.configuration.LiveConfiguration;
import dev.sightline.http.tls.MachineNames;
import dev.sightline.http.tls.Tls;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.worker.WorkerStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A running server. Safe for use by any thread. */
public final class RunningServer implements AutoCloseable {
    /** The running servers of this process, in the order of their start. */
    private static final List<RunningServer> OPEN = new CopyOnWriteArrayList<>();

    private final ServerParts parts;
    private final ServerDescription description;
    /** Whether closing this closes the server. */
    private volatile boolean owner;

    private volatile boolean closeAsked;

    /** Takes the parts, as they were described. */
    RunningServer(ServerParts parts, ServerDescription description) {
        this(parts, description, true);
    }

    private RunningServer(ServerParts parts, ServerDescription description, boolean owner) {
        this.parts = parts;
        this.description = description;
        this.owner = owner;
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
        return parts.http().stream().map(port -> port.address().getPort()).toList();
    }

    /** The address to open in a browser on this computer. */
    public URI address() {
        InetSocketAddress address = parts.http().get(0).address();
        InetAddress host = address.getAddress();
        return Doors.address(
                parts.tls().isPresent(),
                host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress(),
                address.getPort());
    }

    /** The address to open on other computers and phones; empty if the server listens only on this computer. */
    public Optional<URI> lanAddress() {
        return MachineNames.lanAddress(parts.http().get(0).address().getAddress())
                .map(host -> Doors.address(parts.tls().isPresent(), host.getHostAddress(), ports().get(0)));
    }

    /** The server's certificate; empty if it uses plain HTTP. */
    Optional<Tls> tls() {
        return parts.tls();
    }

    /** The status of each stream, in order. */
    public List<StreamStatus> streams() {
        return parts.registry().statuses();
    }

    /** How the processes of its workers are. */
    List<WorkerStatus> workers() {
        return parts.workers().statuses();
    }

    /** Waits until the server is closed. */
    public void awaitClose() throws InterruptedException {
        ProgramVersion.current().ifPresent(ProgramVersion::settled);
        parts.closed().await();
    }

    boolean isOpen() {
        return parts.closed().getCount() > 0;
    }

    /** What is configured. */
    LiveConfiguration configuration() {
        return parts.configuration();
    }

    /**
     * The same server, as another version of its program describes it. This one owns it on.
     *
     * @throws IllegalArgumentException if that is invalid; nothing has changed then
     */
    RunningServer heir(ServerDescription other) {
        parts.describe(other);
        return new RunningServer(parts, other, false);
    }

    /** The server is again as this one describes it. */
    void restore() {
        parts.describe(description);
    }

    /** From now on, the heir owns the server; if it was closed before, that happens now. */
    void handTo(RunningServer heir) {
        owner = false;
        OPEN.replaceAll(server -> server == this ? heir : server);
        heir.own();
    }

    private void own() {
        owner = true;
        if (closeAsked) {
            close();
        }
    }

    /** Closes the server, unless it belongs to another version of the program. */
    @Override
    public void close() {
        closeAsked = true;
        if (owner) {
            OPEN.remove(this);
            parts.close();
        }
    }
}
