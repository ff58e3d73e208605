package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.frame.CaptureClock;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.stream.wire.Answer;
import dev.sightline.stream.wire.Command;
import dev.sightline.stream.wire.FrameMessage;
import dev.sightline.stream.wire.StatusMessage;
import dev.sightline.worker.Death;
import dev.sightline.worker.Link;
import dev.sightline.worker.Message;
import dev.sightline.worker.Tenant;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of one worker, as the server sees them. A process that comes is told all of them; what it sends is handed to the
 * stream that it names. Safe for use by any thread; no call waits.
 */
public final class RemoteWorker implements Tenant {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteWorker.class);

    private final String name;
    private final CaptureClock clock;

    /** Those that frames come from, mirrors' sessions too. Read for every frame. */
    private final Map<String, RemoteProduction> streams = new ConcurrentHashMap<>();

    /** Each stream's plan, in the order of their start. */
    @GuardedBy("this")
    private final Map<String, RemotePlan> plans = new LinkedHashMap<>();

    /** The streams and mirrors that are started. */
    @GuardedBy("this")
    private final Map<String, RemoteStream> planned = new HashMap<>();

    /** Streams that the process has; a change that it refuses leaves them as they are. */
    @GuardedBy("this")
    private final Map<String, Boolean> running = new HashMap<>();

    /** Why streams must not be opened now; written under the lock. */
    private final Map<String, String> quarantined = new ConcurrentHashMap<>();

    @GuardedBy("this")
    private final Map<Long, CompletableFuture<Void>> asked = new HashMap<>();

    @GuardedBy("this")
    private long lastId;

    private volatile @Nullable Link link;

    /** A worker without streams. */
    public RemoteWorker(String name) {
        this(name, CaptureClock.system());
    }

    /** For tests: another clock than that of the process. */
    RemoteWorker(String name, CaptureClock clock) {
        this.name = name;
        this.clock = clock;
    }

    /** Its name in the configuration. */
    public String name() {
        return name;
    }

    /** How it is for a stream. */
    StreamStatus.InWorker place(String stream) {
        StreamStatus.InWorker.State state = link == null
                ? StreamStatus.InWorker.State.STARTING
                : quarantined.containsKey(stream)
                        ? StreamStatus.InWorker.State.QUARANTINED
                        : StreamStatus.InWorker.State.UP;
        return new StreamStatus.InWorker(name, state);
    }

    /** The plans of its streams now. */
    public synchronized List<RemotePlan> plans() {
        return List.copyOf(plans.values());
    }

    /** Before {@link #attach}: what the stream is. */
    synchronized void plan(RemoteStream stream, RemotePlan plan) {
        plans.put(stream.name(), plan);
    }

    /** A stream is started. */
    synchronized void attach(RemoteStream stream) {
        planned.put(stream.name(), stream);
        if (stream instanceof RemoteProduction production) {
            streams.put(stream.name(), production);
        }
        open(stream);
    }

    /** A stream has ended. */
    synchronized void detach(RemoteStream stream) {
        if (planned.remove(stream.name(), stream)) {
            streams.remove(stream.name());
            running.remove(stream.name());
            quarantined.remove(stream.name());
            send(new Command.Remove(stream.name()).message());
        }
        plans.remove(stream.name());
    }

    /** A mirror's session is started. */
    synchronized void attach(RemoteProduction session, RemoteSessions mirror) {
        streams.put(session.name(), session);
        mirror.begin(session);
    }

    /** A mirror's session has ended. */
    synchronized void detach(RemoteProduction session, RemoteSessions mirror) {
        if (streams.remove(session.name(), session)) {
            mirror.end(session);
            send(new Command.Remove(session.name()).message());
        }
    }

    /**
     * Changes what a stream is.
     *
     * @return complete when the process has changed it, or there is no process, which is told later; failed with an {@link
     *     IllegalArgumentException} if that cannot be: then nothing has changed
     */
    public synchronized CompletionStage<Void> configure(String stream, RemotePlan plan) {
        RemotePlan before = plans.put(stream, plan);
        RemoteStream present = planned.get(stream);
        if (present == null || link == null || quarantined.containsKey(stream)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> answer = new CompletableFuture<>();
        ask(present, answer);
        if (!running.containsKey(stream)) {
            present.up();
        }
        return answer.whenComplete((done, why) -> {
            if (why != null && before != null) {
                revert(stream, plan, before);
            }
        });
    }

    private synchronized void revert(String stream, RemotePlan refused, RemotePlan before) {
        plans.replace(stream, refused, before);
    }

    @GuardedBy("this")
    private void open(RemoteStream stream) {
        String barred = quarantined.get(stream.name());
        if (barred != null) {
            stream.down(barred);
        } else if (link != null) {
            ask(stream, new CompletableFuture<>());
            stream.up();
        }
    }

    @GuardedBy("this")
    private void ask(RemoteStream stream, CompletableFuture<Void> answer) {
        RemotePlan plan = plans.get(stream.name());
        if (plan == null) {
            return;
        }
        asked.put(++lastId, answer);
        send(new Command.Configure(
                        stream.name(),
                        lastId,
                        plan.settings(),
                        plan.processors(),
                        plan.egress(),
                        plan.folder(),
                        stream.open())
                .message());
    }

    /** Sends a message; false if there is no process, or it cannot take so much. */
    boolean send(Message message) {
        Link now = link;
        return now != null && now.send(message);
    }

    @Override
    public synchronized void up(Link next) {
        link = next;
        next.onMessage(message -> {
            if (link == next) {
                received(message);
            }
        });
        next.onEnd(why -> {});
        send(new Command.Clock(clock.ofNanoTime(0)).message());
        for (String name : plans.keySet()) {
            RemoteStream stream = planned.get(name);
            if (stream != null) {
                open(stream);
            }
        }
    }

    @Override
    public synchronized void down(Death death) {
        link = null;
        running.clear();
        String why = death.cause() == Death.Cause.STOPPED
                ? "worker '" + name + "' is started again"
                : "worker '" + name + "' is started again: " + death.reason();
        planned.values().forEach(stream -> stream.down(quarantined.getOrDefault(stream.name(), why)));
        asked.values().forEach(answer -> answer.complete(null)); // the next process is told
        asked.clear();
    }

    @Override
    public synchronized void quarantined(String stream, String reason, Duration atLeast) {
        String why = "it is kept out of worker '" + name + "' for " + atLeast.toSeconds()
                + " s, since it ended the worker" + " again and again: " + reason;
        quarantined.put(stream, why);
        Optional.ofNullable(planned.get(stream)).ifPresent(barred -> barred.down(why));
    }

    @Override
    public synchronized void released(String stream) {
        if (quarantined.remove(stream) != null) {
            RemoteStream free = planned.get(stream);
            if (free != null) {
                open(free);
            }
        }
    }

    /** A text of the worker about a stream, for people. */
    synchronized String shown(String stream, String text) {
        RemotePlan plan = plans.get(stream);
        return plan == null ? text : plan.shown().apply(text);
    }

    /** By the link's thread. */
    private void received(Message message) {
        switch (message.kind()) {
            case FrameMessage.KIND -> {
                FrameMessage frame = FrameMessage.read(message);
                find(frame.stream()).ifPresent(stream -> stream.arrived(frame));
            }
            case StatusMessage.KIND -> {
                StatusMessage.Named status = StatusMessage.read(message);
                find(status.stream()).ifPresent(stream -> stream.told(status.status()));
            }
            default -> answered(Answer.read(message));
        }
    }

    private Optional<RemoteProduction> find(String stream) {
        return Optional.ofNullable(streams.get(stream));
    }

    private void answered(Answer answer) {
        if (answer instanceof Answer.Configured configured) {
            configured(configured);
        } else if (answer instanceof Answer.KeyframeWanted) {
            find(answer.stream()).ifPresent(RemoteProduction::requestKeyframe);
        } else if (answer instanceof Answer.SessionRefused) {
            find(answer.stream()).ifPresent(RemoteProduction::end);
        }
    }

    private void configured(Answer.Configured answer) {
        Optional<CompletableFuture<Void>> waiting;
        synchronized (this) {
            waiting = Optional.ofNullable(asked.remove(answer.id()));
            if (answer.problem().isEmpty()) {
                running.put(answer.stream(), true);
            } else if (!running.containsKey(answer.stream())) {
                String why = shown(answer.stream(), answer.problem().get());
                LOG.warn("worker '{}' cannot run '{}': {}", name, answer.stream(), why);
                Optional.ofNullable(planned.get(answer.stream())).ifPresent(stream -> stream.down(why));
            }
        }
        waiting.ifPresent(future -> answer.problem()
                .ifPresentOrElse(
                        why -> future.completeExceptionally(new IllegalArgumentException(shown(answer.stream(), why))),
                        () -> future.complete(null)));
    }
}
