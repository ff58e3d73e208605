package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.access.Access;
import dev.sightline.config.Nearest;
import dev.sightline.frame.CaptureClock;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.worker.WorkNotes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The live streams and mirrors of this server by name. Safe for use by any thread. */
public final class StreamRegistry implements AutoCloseable {
    private static final int LONGEST_NAME = 64;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1," + LONGEST_NAME + "}");

    /** How long the threads of all streams together have to end. */
    private static final long LONGEST_END_NANOS = 2_500_000_000L;

    /** In the order of the configuration. */
    @GuardedBy("this")
    private final Map<String, NamedStream> streams = new LinkedHashMap<>();

    /** The last number that was used elsewhere by streams that are to be started here. */
    @GuardedBy("this")
    private final Map<String, Long> lastNumbers = new HashMap<>();

    private final List<Consumer<StreamStatus>> listeners = new CopyOnWriteArrayList<>();
    private final StreamListener listener = new StreamListener() {
        @Override
        public void changed(StreamStatus status) {
            listeners.forEach(each -> each.accept(status));
        }
    };

    private final StreamTime time;
    private volatile boolean leaving;
    private final WorkNotes notes;

    private volatile Function<String, RemoteWorker> workers = name -> {
        throw new IllegalStateException("there is no worker '" + name + "' here");
    };

    /** A registry without streams. */
    public StreamRegistry() {
        this(StreamTime.system());
    }

    /** A registry without streams, whose frames are timed by the given clock, and whose threads take notes of their work. */
    public StreamRegistry(CaptureClock clock, WorkNotes notes) {
        this(StreamTime.of(clock), notes);
    }

    /** For tests: another time than that of the process. */
    StreamRegistry(StreamTime time) {
        this(time, WorkNotes.NONE);
    }

    private StreamRegistry(StreamTime time, WorkNotes notes) {
        this.time = time;
        this.notes = notes;
    }

    /**
     * Starts a stream, which {@link #close} closes.
     *
     * @param name 1 to 64 letters, digits, dashes and underscores
     * @param pipeline owned by the stream from now on
     * @param onDemand whether the source is open only while somebody watches, and for 10 s after
     * @throws IllegalArgumentException if the name cannot be one, or is taken
     */
    public synchronized LiveStream start(String name, Source source, Pipeline pipeline, boolean onDemand) {
        requireFree(name);
        return started(
                name,
                outlet -> new LocalProduction(
                        outlet, target -> new SourceLoop(target, source), pipeline, onDemand, notes));
    }

    /** Starts a stream whose frames a {@link Publisher} sends, with the recipe's pipeline. */
    public LiveStream startPublished(String name, PipelineRecipe recipe) {
        return startPublished(name, recipe, recipe.create(name));
    }

    /**
     * Starts a stream whose frames a {@link Publisher} sends.
     *
     * @param pipeline of the recipe, without choices; owned by the stream from now on
     * @throws IllegalArgumentException if the name cannot be one, or is taken
     */
    public synchronized LiveStream startPublished(String name, PipelineRecipe recipe, Pipeline pipeline) {
        requireFree(name);
        return started(
                name,
                outlet -> new LocalProduction(
                        outlet, target -> PublisherIntake.ofStream(target, recipe), pipeline, false, notes));
    }

    /**
     * Starts a stream whose frames a worker makes.
     *
     * @throws IllegalArgumentException if the name cannot be one, or is taken
     */
    public synchronized LiveStream startRemote(String name, RemoteWorker worker, RemotePlan plan) {
        requireFree(name);
        return started(name, outlet -> RemoteProduction.of(outlet, worker, plan));
    }

    /** Names who knows the workers, by their names. */
    public void useWorkers(Function<String, RemoteWorker> all) {
        workers = all;
    }

    /** The worker of that name. */
    public RemoteWorker worker(String name) {
        return workers.apply(name);
    }

    /** A stream of this name, once it is started, goes on after this sequence number. */
    public synchronized void continueAfter(String name, long seq) {
        lastNumbers.put(name, seq);
    }

    /**
     * Starts a mirror.
     *
     * @param maxSessions the most senders at the same time, at least 1
     * @throws IllegalArgumentException if the name cannot be one, or is taken
     */
    public synchronized Mirror startMirror(String name, PipelineRecipe recipe, int maxSessions) {
        requireFree(name);
        return started(name, recipe, maxSessions, new LocalSessions(name, notes));
    }

    /**
     * Starts a mirror whose sessions a worker has.
     *
     * @throws IllegalArgumentException if the name cannot be one, or is taken
     */
    public synchronized Mirror startRemoteMirror(
            String name, PipelineRecipe recipe, int maxSessions, RemoteWorker worker, RemotePlan plan) {
        requireFree(name);
        return started(name, recipe, maxSessions, new RemoteSessions(name, worker, plan));
    }

    @GuardedBy("this")
    private Mirror started(String name, PipelineRecipe recipe, int maxSessions, SenderSessions sessions) {
        Mirror mirror = new Mirror(name, recipe, maxSessions, time, sessions);
        streams.put(name, mirror);
        return mirror;
    }

    /**
     * Refuses a name that cannot stand in an address.
     *
     * @throws IllegalArgumentException if it is not 1 to 64 letters, digits, dashes and underscores
     */
    public static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot name a stream: use 1 to 64 letters, digits, dashes and underscores");
        }
    }

    /**
     * Finds what a name stands for.
     *
     * @throws RefusedException if it stands for nothing; names the nearest
     */
    public NamedStream find(String name) throws RefusedException {
        NamedStream found;
        synchronized (this) {
            found = streams.get(name);
        }
        if (found == null) {
            throw RefusedException.unknownStream(name, nearest(name, all()));
        }
        return found;
    }

    /**
     * Finds what a name stands for, among the streams that somebody may see.
     *
     * @throws RefusedException if it stands for nothing there; names the nearest that it may see
     */
    public NamedStream find(String name, Access access) throws RefusedException {
        if (access.sees(name)) {
            NamedStream found;
            synchronized (this) {
                found = streams.get(name);
            }
            if (found != null) {
                return found;
            }
        }
        throw RefusedException.unknownStream(name, nearest(name, all(access)));
    }

    /** The streams and mirrors that somebody may see, in order. */
    public List<NamedStream> all(Access access) {
        return all().stream().filter(stream -> access.sees(stream.name())).toList();
    }

    /** How every stream and mirror is doing that somebody may see, in order. */
    public List<StreamStatus> statuses(Access access) {
        return all(access).stream().map(NamedStream::status).toList();
    }

    /**
     * Finds a stream to watch.
     *
     * @throws RefusedException if there is none of that name, or it is a mirror
     */
    public LiveStream watchable(String name) throws RefusedException {
        NamedStream found = find(name);
        if (found instanceof Mirror mirror) {
            throw new RefusedException(Reason.WRONG_KIND, mirror.unwatchable());
        }
        return (LiveStream) found;
    }

    /**
     * Removes a stream or mirror and begins to end it: viewers are told.
     *
     * @return it, for {@link NamedStream#awaitEnd}; empty if there is none of that name
     */
    public Optional<NamedStream> remove(String name) {
        Optional<NamedStream> removed;
        synchronized (this) {
            removed = Optional.ofNullable(streams.remove(name));
        }
        removed.ifPresent(NamedStream::close);
        return removed;
    }

    /** Puts the streams into this order; those that are not named follow in the order they have. */
    public synchronized void arrange(List<String> names) {
        Map<String, NamedStream> rest = new LinkedHashMap<>(streams);
        streams.clear();
        for (String name : names) {
            NamedStream next = rest.remove(name);
            if (next != null) {
                streams.put(name, next);
            }
        }
        streams.putAll(rest);
    }

    /** All streams and mirrors, in order. */
    public synchronized List<NamedStream> all() {
        return List.copyOf(streams.values());
    }

    /** How every stream and mirror is doing, in order. */
    public List<StreamStatus> statuses() {
        return all().stream().map(NamedStream::status).toList();
    }

    /**
     * Tells the listener whenever the state of a stream changes, until the returned action runs.
     *
     * @param listener is called by any thread, and must not wait
     */
    public Runnable onState(Consumer<StreamStatus> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Whether all streams end soon, so that no viewer should come any more. */
    public boolean isLeaving() {
        return leaving;
    }

    /** Sends viewers the frame that stays on their screens: all streams end soon, and connections perhaps before them. */
    public void farewell() {
        leaving = true;
        for (NamedStream each : all()) {
            if (each instanceof LiveStream stream) {
                stream.farewell();
            }
        }
    }

    /** Ends all streams; afterwards the registry is empty. */
    @Override
    public void close() {
        List<NamedStream> ending = all();
        synchronized (this) {
            streams.clear();
        }
        ending.forEach(NamedStream::close);
        long deadline = System.nanoTime() + LONGEST_END_NANOS;
        ending.forEach(stream -> stream.awaitEnd(deadline));
        time.watch().shutdown();
    }

    @GuardedBy("this")
    private void requireFree(String name) {
        checkName(name);
        if (streams.containsKey(name)) {
            throw new IllegalArgumentException("there is a stream '" + name + "' already");
        }
    }

    @GuardedBy("this")
    private LiveStream started(String name, Function<Outlet, Production> production) {
        LiveStream stream = new LiveStream(name, false, time, numbering(name), listener, production);
        streams.put(stream.name(), stream);
        stream.start();
        return stream;
    }

    @GuardedBy("this")
    private Numbering numbering(String name) {
        return new Numbering(
                time.clock(), Optional.ofNullable(lastNumbers.remove(name)).orElse(0L));
    }

    /** The names that were most likely meant; none if it is too long for a name. */
    private static List<String> nearest(String name, List<NamedStream> among) {
        return name.length() > LONGEST_NAME
                ? List.of()
                : Nearest.to(name, among.stream().map(NamedStream::name).toList()).stream()
                        .toList();
    }
}
