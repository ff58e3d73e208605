package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.stream.status.StreamStatus;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mirror's sessions in a worker, which has the mirror itself: each session is opened there by name, and again in the next
 * process.
 */
final class RemoteSessions implements SenderSessions, RemoteStream {
    private final String mirror;
    private final RemoteWorker worker;

    @GuardedBy("worker")
    private final Set<RemoteProduction> sessions = new LinkedHashSet<>();

    /** Whether the worker has the mirror. */
    @GuardedBy("worker")
    private boolean isUp;

    /** Why not; empty while it only starts. */
    @GuardedBy("worker")
    private Optional<String> why = Optional.empty();

    RemoteSessions(String mirror, RemoteWorker worker, RemotePlan plan) {
        this.mirror = mirror;
        this.worker = worker;
        worker.plan(this, plan);
        worker.attach(this);
    }

    @Override
    public String name() {
        return mirror;
    }

    @Override
    public Production production(Outlet outlet, PipelineRecipe wanted, List<String> chosen) {
        return RemoteProduction.ofSession(outlet, worker, this, wanted, chosen);
    }

    @Override
    public void attempt(PipelineRecipe recipe) {
        // The worker has made it when it was configured.
    }

    @Override
    public Optional<StreamStatus.InWorker> place() {
        return Optional.of(worker.place(mirror));
    }

    @Override
    public void close() {
        worker.detach(this);
    }

    /** A mirror has no numbers: each session has its own. */
    @Override
    public long open() {
        return 0;
    }

    @Override
    public void up() {
        synchronized (worker) {
            isUp = true;
            why = Optional.empty();
            sessions.forEach(RemoteProduction::up);
        }
    }

    @Override
    public void down(String reason) {
        synchronized (worker) {
            isUp = false;
            why = Optional.of(reason);
            sessions.forEach(session -> session.down(reason));
        }
    }

    /** A session starts. */
    void begin(RemoteProduction session) {
        synchronized (worker) {
            sessions.add(session);
            if (isUp) {
                session.up();
            } else {
                why.ifPresent(session::down);
            }
        }
    }

    /** A session has ended. */
    void end(RemoteProduction session) {
        synchronized (worker) {
            sessions.remove(session);
        }
    }
}
