package dev.sightline.worker;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of one child process, from its start to its death. All but {@link Incoming} belongs to the pool's thread.
 * It dies for its owner at the moment when that is decided; the process itself may need some more time.
 */
final class ChildProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    /** It takes some seconds of a CPU, of which an overloaded machine gives little; who kills it then begins from the start. */
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(180);
    /** How long after the end of its link a process may take to end, before it is killed. */
    private static final Duration EXIT = Duration.ofMillis(300);

    private static final Duration ORDERLY = Duration.ofSeconds(2);

    private final String name;
    private final ChildStart.Started started;
    private final WorkerSettings settings;
    private final Confinement confinement;
    private final boolean confined;
    private final PoolThread thread;
    private final long startedNanos = System.nanoTime();
    private final NotesReader notes;
    private final CrashFolder crashes;
    private final ChildWatch watch;
    private Owner owner;
    private State state = State.STARTING;
    private @Nullable Incoming connection;
    private ProcessHandle java;

    private enum State {
        STARTING,
        READY,
        WORKING,
        DEAD
    }

    /** To whom a child belongs now. */
    interface Owner {
        /** It waits for its work. */
        void ready(ChildProcess child);

        void died(ChildProcess child, Death death);
    }

    private ChildProcess(
            String name,
            ChildStart start,
            ChildStart.Started started,
            Confinement confinement,
            PoolThread thread,
            Owner owner) {
        this.name = name;
        this.started = started;
        this.settings = start.settings();
        this.confinement = confinement;
        this.confined = start.sandbox().isPresent();
        this.thread = thread;
        this.owner = owner;
        this.java = started.process().toHandle();
        this.crashes = new CrashFolder(start.launch().folders().crashes());
        this.notes = new NotesReader(started.notes());
        this.watch = new ChildWatch(settings, notes, Instructions.crash(started.folder()), startedNanos);
    }

    /**
     * Starts a process.
     *
     * @param name for threads and the log
     * @throws IOException if the system refuses
     */
    static ChildProcess start(String name, ChildStart start, Confinement confinement, PoolThread thread, Owner owner)
            throws IOException {
        ChildProcess child = new ChildProcess(name, start, start.start(name, confinement), confinement, thread, owner);
        Process process = child.started.process();
        Threads.start(name + "-in", child::accept);
        Threads.start(name + "-log", () -> new OutputLog(System::nanoTime).read(name, process.getInputStream()));
        process.onExit().thenRun(() -> thread.execute(child::exited));
        return child;
    }

    void belongsTo(Owner next) {
        owner = next;
    }

    boolean isReady() {
        return state == State.READY;
    }

    boolean isDead() {
        return state == State.DEAD;
    }

    /** Whether what it may reach is as wanted; any process is where none can be confined. */
    boolean suits(Confinement wanted) {
        return !confined || confinement.suits(wanted);
    }

    boolean hasNetwork() {
        return confinement.network();
    }

    long pid() {
        return java.pid();
    }

    OptionalLong resident() {
        return watch.resident();
    }

    /** Lets the work begin; the link is there from now on. */
    void begin(String worker, Tenant tenant) {
        state = State.WORKING;
        Incoming current = connection;
        if (current != null) {
            tenant.up(current.link);
            current.channel.send(Envelope.internal(Envelope.BEGIN, worker));
        }
    }

    /** Looks whether it is well. */
    void tick(long nowNanos) {
        Incoming current = connection;
        if (state == State.DEAD) {
            return;
        }
        if (state == State.STARTING && nowNanos - startedNanos > START_NANOS) {
            kill(Death.Cause.EXIT, "it did not come up in 3 min");
        } else if (current != null) {
            if (current.channel.delivering()) {
                // Its answer may lie unread.
                watch.answered();
            }
            watch.judge(pid(), state != State.STARTING, nowNanos, current::ask)
                    .ifPresent(verdict -> die(verdict.cause(), verdict.reason(), verdict.suspects()));
        }
    }

    void kill(Death.Cause cause, String reason) {
        die(cause, reason, Optional.empty());
    }

    void kill(Death.Cause cause, String reason, String stream) {
        die(cause, reason, Optional.of(Set.of(stream)));
    }

    /** Ends it in an orderly way: it may close its streams. */
    void end() {
        if (state != State.DEAD) {
            state = State.DEAD;
            disconnect();
            thread.after(ORDERLY, this::destroy);
        }
    }

    /** Waits for the end of the process, then kills it. By any thread. */
    void awaitExit(long nanos) {
        try {
            if (!started.process().waitFor(nanos, TimeUnit.NANOSECONDS)) {
                destroy();
                started.process().waitFor(EXIT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void disconnect() {
        Incoming current = connection;
        if (current != null) {
            current.channel.close();
        }
        try {
            started.server().close();
            started.process().getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("closing what leads to {}", name, e);
        }
    }

    private void die(Death.Cause cause, String reason, Optional<Set<String>> suspects) {
        if (state == State.DEAD) {
            return;
        }
        Optional<CrashReport> report = CrashReport.read(Instructions.crash(started.folder()));
        Set<String> working = suspects.orElseGet(() -> notes.suspects(report.flatMap(CrashReport::thread)));
        state = State.DEAD;
        destroy();
        disconnect();
        crashes.keep(Instructions.crash(started.folder()), System.currentTimeMillis());
        owner.died(
                this,
                new Death(
                        report.isPresent() ? Death.Cause.CRASH : cause,
                        report.map(CrashReport::reason).orElse(reason),
                        working));
    }

    private void destroy() {
        java.destroyForcibly();
        started.process().destroyForcibly();
    }

    private void exited() {
        ExitCode code = new ExitCode(started.process().exitValue());
        die(code.cause(), code.reason(settings), Optional.empty());
        PrivateFolders.delete(started.folder());
    }

    /** In a thread of its own: takes the one connection, and reads from it until its end. */
    private void accept() {
        try (SocketChannel socket = started.server().accept()) {
            Incoming incoming = new Incoming(socket);
            incoming.channel.startWriting(name + "-out");
            incoming.channel.read();
        } catch (IOException e) {
            LOG.debug("{} did not connect", name, e);
        }
    }

    private void connected(Incoming incoming) {
        if (state == State.DEAD) {
            incoming.channel.close();
            return;
        }
        // Confined, the process is a child of the one that confines it, and has another number inside.
        java = started.process()
                .descendants()
                .filter(each -> each.children().findAny().isEmpty())
                .findFirst()
                .orElse(java);
        connection = incoming;
        try {
            started.server().close();
        } catch (IOException e) {
            LOG.debug("closing the socket of {}", name, e);
        }
    }

    private void ready() {
        if (state == State.STARTING) {
            state = State.READY;
            owner.ready(this);
        }
    }

    private void linkEnded(String reason, boolean rubbish) {
        if (rubbish) {
            kill(Death.Cause.PROTOCOL, reason);
        } else if (state != State.DEAD) {
            // Its exit says more, and comes soon.
            thread.after(EXIT, () -> kill(Death.Cause.EXIT, reason));
        }
    }

    /** What comes from the child, on the thread that reads it. */
    private final class Incoming implements MessageChannel.Listener {
        private final MessageChannel channel;
        private final TenantLink link;
        private boolean known;

        Incoming(SocketChannel socket) {
            this.channel = new MessageChannel(socket, this);
            this.link = new TenantLink(envelope -> channel.send(envelope) == Outbox.Offer.TAKEN, channel::close);
        }

        void ask() {
            channel.send(Envelope.internal(Envelope.PING));
        }

        @Override
        public void received(Envelope envelope) throws ProtocolException {
            if (!known) {
                greet(envelope);
            } else if (!envelope.internal()) {
                link.received(envelope.message());
            } else if (envelope.is(Envelope.PONG)) {
                watch.answered();
            } else if (envelope.is(Envelope.READY)) {
                thread.execute(ChildProcess.this::ready);
            } else {
                throw new ProtocolException("it sent what is no message");
            }
        }

        private void greet(Envelope envelope) throws ProtocolException {
            byte[] token = started.token().getBytes(StandardCharsets.US_ASCII);
            if (!envelope.is(Envelope.HELLO)
                    || !MessageDigest.isEqual(token, envelope.message().json())) {
                throw new ProtocolException("somebody else connected in its place");
            }
            known = true;
            thread.execute(() -> connected(this));
        }

        @Override
        public void ended(String reason, boolean rubbish) {
            link.ended(reason);
            thread.execute(() -> linkEnded(reason, rubbish));
        }
    }
}
