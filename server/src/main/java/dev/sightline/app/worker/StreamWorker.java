package dev.sightline.app.worker;

import dev.sightline.frame.CaptureClock;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.ForwardedStream;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Mirror;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.wire.Answer;
import dev.sightline.stream.wire.Command;
import dev.sightline.worker.Link;
import dev.sightline.worker.Message;
import dev.sightline.worker.WorkNotes;
import dev.sightline.worker.WorkerBody;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a worker process: the streams that the server names run here as they would run there, and their frames go to the
 * server. What changes them is made in order on a thread of its own; everything else is passed on at once.
 */
public final class StreamWorker implements WorkerBody {
    private static final Logger LOG = LoggerFactory.getLogger(StreamWorker.class);
    private static final long STATUS_MILLIS = 250;

    private final ScheduledExecutorService forwarding = single("worker-forwarding");
    private final ScheduledExecutorService changing = single("worker-changing");
    private final CountDownLatch ended = new CountDownLatch(1);

    // Under this one's lock.
    private final Map<String, ForwardedStream> streams = new LinkedHashMap<>();
    private final Map<String, Mirror> mirrors = new HashMap<>();
    /** What was asked of streams that are not started yet; a mirror's list is that of its sessions, too. */
    private final Map<String, List<Command>> early = new LinkedHashMap<>();

    private volatile @Nullable WorkerStreams running;

    /** Made by the process's main program. */
    public StreamWorker() {}

    private static ScheduledExecutorService single(String name) {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void prepare() {
        WarmUp.run();
    }

    @Override
    public void run(Link link, WorkNotes notes) throws InterruptedException {
        forwarding.scheduleWithFixedDelay(this::tell, STATUS_MILLIS, STATUS_MILLIS, TimeUnit.MILLISECONDS);
        link.onEnd(why -> ended.countDown());
        link.onMessage(message -> received(message, link, notes));
        try {
            ended.await();
        } finally {
            changing.shutdownNow();
            Optional.ofNullable(running).ifPresent(WorkerStreams::close);
            forwarding.shutdownNow();
        }
    }

    private void received(Message message, Link link, WorkNotes notes) {
        Command command = Command.read(message);
        WorkerStreams all = running;
        if (command instanceof Command.Clock clock) {
            StreamRegistry registry = new StreamRegistry(CaptureClock.ofEpochOffset(clock.epochOffset()), notes);
            registry.onState(status -> stream(status.name()).ifPresent(ForwardedStream::tell));
            running = new WorkerStreams(registry);
        } else if (all == null) {
            throw new IllegalArgumentException("'" + message.kind() + "' came before the clock");
        } else if (command instanceof Command.Configure configure) {
            begin(configure.stream());
            change(() -> configure(configure, all, link), link);
        } else if (command instanceof Command.Remove remove) {
            remove(remove.stream());
            change(() -> all.remove(remove.stream()), link);
        } else {
            pass(command, link);
        }
    }

    /** What fails unforeseen ends the worker: another one begins anew. */
    private void change(Runnable change, Link link) {
        try {
            changing.execute(() -> {
                try {
                    change.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("a stream cannot be changed", e);
                    link.close();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the worker stops");
        }
    }

    /** What is asked of the stream from now on waits until it is started. */
    private synchronized void begin(String stream) {
        if (!streams.containsKey(stream) && !mirrors.containsKey(stream)) {
            early.computeIfAbsent(stream, name -> new ArrayList<>());
        }
    }

    private synchronized void remove(String stream) {
        mirrors.remove(stream);
        Optional.ofNullable(early.remove(stream))
                .ifPresent(
                        waiting -> waiting.removeIf(command -> command.stream().equals(stream)));
        Optional.ofNullable(streams.remove(stream)).ifPresent(ForwardedStream::close);
    }

    /** Passes it to its stream; what comes before that is there waits. */
    private synchronized void pass(Command command, Link link) {
        if (command instanceof Command.Session session && early.containsKey(session.mirror())) {
            early.put(session.stream(), early.get(session.mirror()));
        }
        ForwardedStream present = streams.get(command.stream());
        List<Command> waiting = early.get(command.stream());
        if (waiting != null) {
            keep(command, waiting);
        } else if (command instanceof Command.Session session) {
            open(session, link);
        } else if (present != null) {
            present.take(command);
        }
    }

    /** Of still images the newest, whose sender may wait for the result. Video is not missed: a keyframe is asked for. */
    private static void keep(Command command, List<Command> waiting) {
        if (command instanceof Command.Picture picture) {
            waiting.removeIf(
                    each -> each instanceof Command.Picture && each.stream().equals(picture.stream()));
        }
        if (!(command instanceof Command.Picture picture) || picture.codec().intraOnly()) {
            waiting.add(command);
        }
    }

    private synchronized void open(Command.Session command, Link link) {
        Mirror mirror = mirrors.get(command.mirror());
        if (mirror == null) {
            return; // the server has removed it meanwhile, or knows why there is none
        }
        try {
            Optional.ofNullable(streams.remove(command.stream())).ifPresent(ForwardedStream::close);
            LiveStream session = mirror.openSession(command.stream(), command.chosen(), command.after());
            ForwardedStream forwarded = ForwardedStream.ofSession(session, link, forwarding);
            streams.put(command.stream(), forwarded);
            forwarded.take(new Command.Publish(command.stream(), List.of())); // what was chosen runs already
            forwarded.tell();
        } catch (RefusedException e) {
            LOG.debug("session '{}': {}", command.stream(), e.getMessage());
            link.send(new Answer.SessionRefused(command.stream()).message());
        }
    }

    private void configure(Command.Configure configure, WorkerStreams all, Link link) {
        Optional<String> problem = all.configure(configure);
        if (problem.isEmpty()) {
            all.find(configure.stream()).ifPresent(stream -> started(stream, link));
        }
        link.send(new Answer.Configured(configure.stream(), configure.id(), problem).message());
    }

    private synchronized void started(NamedStream stream, Link link) {
        List<Command> waiting = early.remove(stream.name());
        if (waiting == null) {
            return;
        }
        early.values().removeIf(list -> list == waiting);
        if (stream instanceof LiveStream live) {
            ForwardedStream forwarded = new ForwardedStream(live, link, forwarding);
            streams.put(stream.name(), forwarded);
            forwarded.tell();
        } else if (stream instanceof Mirror mirror) {
            mirrors.put(stream.name(), mirror);
        }
        waiting.forEach(command -> pass(command, link));
    }

    private synchronized Optional<ForwardedStream> stream(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    private synchronized void tell() {
        streams.values().forEach(ForwardedStream::tell);
    }
}
