package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Node;
import dev.sightline.config.Nodes;
import dev.sightline.config.Problems;
import dev.sightline.config.RecordBinder;
import dev.sightline.config.Redaction;
import dev.sightline.socketio.StreamEvents;
import dev.sightline.source.AddressMask;
import dev.sightline.stream.StreamRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration of the running server, and the only way to change it. A change is another {@link Document}: it is judged as a
 * whole, compared with what runs, prepared and then committed; if any part of it is wrong, nothing has happened. Changes are made
 * one after the other, by a thread of their own. Safe for use by any thread.
 *
 * <pre>
 *  file saved ──┐
 *               ├─> Document ──> JudgedConfig ──> StreamChanges ──> StreamRegistry
 *  API ─────────┘   what is       all of it        prepare, then     viewers stay
 *                   written       is valid         commit
 * </pre>
 */
public final class LiveConfiguration implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveConfiguration.class);
    private static final Duration LONGEST_MAKING = Duration.ofSeconds(10);
    private final ConfigOrigin origin;
    private final Path folder;
    private final UserCode code;
    private final StreamRegistry registry;
    private final SightlineConfig started;
    private final List<Consumer<JudgedConfig>> takers = new CopyOnWriteArrayList<>();
    private final List<Consumer<ConfigurationEvent>> listeners = new CopyOnWriteArrayList<>();
    private final ConfigurationThread thread = new ConfigurationThread();
    private final Preparation preparation = Preparation.within(LONGEST_MAKING);

    /** The files whose change is one of the configuration; written by one thread. */
    private volatile Set<Path> watched;

    private volatile Optional<ConfigWatch> watch = Optional.empty();

    /** Written by this one's thread. */
    private volatile Additions additions;

    /** Written by one thread: that of the start, then this one's own. */
    private volatile ConfigurationState state;

    /** Takes a judged configuration, of which nothing is started. */
    public LiveConfiguration(
            ConfigOrigin origin,
            Written written,
            JudgedConfig judged,
            Additions additions,
            UserCode code,
            StreamRegistry registry) {
        this.origin = origin;
        this.folder = written.folder();
        this.additions = additions;
        this.code = code;
        this.registry = registry;
        this.started = judged.config();
        this.watched = filesOf(judged.config(), List.of());
        this.state = ConfigurationState.first(
                written.document(), judged, written.problems().redaction());
    }

    /**
     * Starts the streams.
     *
     * @throws ConfigException if a processor cannot be made; the message lists all problems
     */
    public void start() {
        StreamChanges changes = new StreamChanges(Map.of(), state.judged().streams(), registry, Preparation.here());
        changes.prepare();
        changes.commit();
        code.use();
        state = state.applied(
                new ConfigurationState.Next(state.document(), state.judged(), state.redaction(), List.of()), List.of());
        watch = origin.file().flatMap(file -> watched(file));
        origin.file().filter(this::wasSaved).ifPresent(file -> reload());
    }

    /** Whether the file says something else than what was started: making the processors may have taken long. */
    private boolean wasSaved(Path file) {
        try {
            Node now = ConfigFile.read(file).written().document().root();
            return !Objects.equals(
                    Nodes.plain(now), Nodes.plain(state.document().root()));
        } catch (ConfigException e) {
            return true;
        }
    }

    private Optional<ConfigWatch> watched(Path file) {
        try {
            return Optional.of(ConfigWatch.start(
                    () -> {
                        Set<Path> files = new HashSet<>(watched);
                        files.add(file.toAbsolutePath());
                        return files;
                    },
                    this::reload));
        } catch (IOException e) {
            LOG.warn("{} is not watched; changes of it take effect after a restart: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private Set<Path> filesOf(SightlineConfig config, List<Path> references) {
        Set<Path> files = new HashSet<>(references);
        config.processors().forEach(name -> UserCode.path(name, folder).ifPresent(files::add));
        return Set.copyOf(files);
    }

    /** The configuration file; empty if there is none. */
    public Optional<Path> file() {
        return origin.file();
    }

    /** What is configured now, and what is wrong with the file. */
    ConfigurationState state() {
        return state;
    }

    /** The Socket.IO events of a stream, for clients that come from now on. */
    public StreamEvents socketIo(String stream) {
        StreamConfig config = state.judged().config().streams().get(stream);
        return config == null ? StreamEvents.DEFAULTS : config.socketIo();
    }

    /** Where it came from. */
    ConfigOrigin origin() {
        return origin;
    }

    /** The base of its relative paths. */
    Path folder() {
        return folder;
    }

    /** Tells the taker of each configuration that is applied from now on; by this one's thread. */
    public void onApplied(Consumer<JudgedConfig> taker) {
        takers.add(taker);
    }

    /** Tells the listener of every change; by this one's thread. It is told until the returned action runs. */
    Runnable onEvent(Consumer<ConfigurationEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * Changes what is configured.
     *
     * @param edit makes the new document from the present one; by this one's thread
     * @return complete when the change is made, and frames show it or there are none; failed with the edit's exception, or with a
     *     {@link ConfigException} if the result is invalid: nothing has changed then
     */
    CompletionStage<ConfigurationState> change(Edit edit) {
        return thread.change(() -> edit(edit), this::state);
    }

    /**
     * Another version of the program describes the server; what the API changed stays for streams that it describes as before.
     *
     * @param swap lets what is beside the streams happen, and does not fail
     * @return complete as for any change
     */
    public CompletionStage<Void> describe(Written written, Additions others, Runnable swap) {
        return thread.change(() -> described(written, others, swap), () -> null);
    }

    private CompletionStage<Void> described(Written written, Additions others, Runnable swap) {
        Document document = state.document().rewritten(written.document().root());
        code.look(true);
        JudgedConfig judged = judged(document, new Problems(), others);
        watched = filesOf(judged.config(), List.of());
        return apply(new ConfigurationState.Next(document, judged, state.redaction(), List.of()), () -> {
            additions = others;
            swap.run();
        });
    }

    /** Another version of the program is wrong, and what was before stays in force. */
    public void refuse(List<String> problems) {
        thread.run(() -> refused(problems));
    }

    /** The files whose change is one of the configuration, besides its own. */
    public Set<Path> files() {
        return watched;
    }

    private CompletionStage<Void> edit(Edit edit) {
        ConfigurationState before = state;
        Document document = edit.document().apply(before);
        code.look(false);
        Redaction redaction = before.redaction();
        if (!edit.keep()) {
            JudgedConfig judged = judged(document, new Problems(redaction));
            return apply(new ConfigurationState.Next(document, judged, redaction, before.problems()), () -> {});
        }
        KeptFile file = KeptFile.of(origin, before.document(), document, edit.stream());
        JudgedConfig judged = judged(file.document(), new Problems(redaction));
        return apply(new ConfigurationState.Next(file.document(), judged, redaction, List.of()), file::write);
    }

    /** Reads the file again, if there is one: by this one's thread, soon. */
    void reload() {
        origin.file().ifPresent(file -> thread.run(() -> reload(file)));
    }

    private void reload(Path file) {
        try {
            ConfigFile read = ConfigFile.read(file);
            watched = filesOf(read.config(), read.references());
            if (read.text().isBlank() && !registry.all().isEmpty()) {
                throw new ConfigException(file + " is empty; to serve no streams, write streams: {}");
            }
            Document document =
                    state.document().rewritten(read.written().document().root());
            Problems problems = read.written().problems();
            code.look(true);
            JudgedConfig judged = judged(document, problems);
            if (losesNothing(judged) || ConfigFile.isSettled(file, read.text())) {
                apply(new ConfigurationState.Next(document, judged, problems.redaction(), List.of()), () -> {});
            }
        } catch (ConfigException e) {
            if (Thread.interrupted()) {
                return; // the server stops
            }
            refuse(file, List.of(String.valueOf(e.getMessage()).split("\\R")));
        } catch (RuntimeException | Error e) {
            LOG.warn("{} could not be applied; the configuration before stays in force", file, e);
            refuse(file, List.of("it could not be applied: " + e));
        }
    }

    private boolean losesNothing(JudgedConfig judged) {
        return judged.streams().keySet().containsAll(state.judged().streams().keySet());
    }

    private void refuse(Path file, List<String> problems) {
        if (!problems.stream().map(AddressMask::text).toList().equals(state.problems())) {
            LOG.warn(
                    "{} is not applied, and the configuration before stays in force: {}",
                    file,
                    String.join("; ", problems));
        }
        refused(problems);
    }

    /** A mistake may put an address where it should not be, with its password. */
    private void refused(List<String> problems) {
        List<String> shown = problems.stream().map(AddressMask::text).toList();
        state = state.refused(shown);
        tell(new ConfigurationEvent.Refused(shown));
    }

    private JudgedConfig judged(Document document, Problems problems) {
        return judged(document, problems, additions);
    }

    /** Judges it; what is wrong is added to what was found before. */
    private JudgedConfig judged(Document document, Problems problems, Additions added) {
        Written written = Written.of(document, folder, problems);
        Optional<SightlineConfig> config =
                new RecordBinder(problems, folder).bind(written.effective(), SightlineConfig.class);
        if (config.isEmpty()) {
            problems.throwIfAny();
        }
        SightlineConfig wanted =
                origin.flags().apply(config.orElseThrow(() -> new ConfigException("this is not a configuration")));
        return JudgedConfig.of(wanted, written, added, code, preparation);
    }

    /** The last thing that may fail comes when all is prepared. */
    private CompletionStage<Void> apply(ConfigurationState.Next next, Runnable beforeCommit) {
        StreamChanges changes =
                new StreamChanges(state.judged().streams(), next.judged().streams(), registry, preparation);
        changes.prepare();
        try {
            beforeCommit.run();
        } catch (RuntimeException | Error e) {
            changes.discard();
            throw e;
        }
        CompletionStage<Void> shown = changes.commit();
        code.use();
        takers.forEach(taker -> taker.accept(next.judged()));
        applied(next, changes.summary()); // told when all of it is in force
        return shown;
    }

    private void applied(ConfigurationState.Next next, StreamChanges.Summary summary) {
        ConfigurationState before = state;
        List<String> restart = RestartKeys.differing(started, next.judged().config());
        if (summary.isEmpty() && before.says(next)) {
            return; // a change that was kept in the file comes back as one of the file
        }
        state = before.applied(next, restart);
        boolean healed = !before.problems().isEmpty() && next.problems().isEmpty();
        if (!summary.isEmpty() || healed) {
            LOG.info("the configuration is applied: {}", summary.text());
        }
        if (!restart.equals(before.restart())) {
            restart.forEach(LOG::warn);
        }
        tell(new ConfigurationEvent.Applied(state.revision(), summary));
    }

    private void tell(ConfigurationEvent event) {
        listeners.forEach(listener -> listener.accept(event));
    }

    /** Ends: no further change is made. The streams go on. */
    @Override
    public void close() {
        watch.ifPresent(ConfigWatch::close);
        listeners.clear();
        thread.close();
    }

    /**
     * A change that is asked for.
     *
     * @param document makes what is configured then; by this one's thread
     * @param keep whether it is written into the file, rather than lost with the next start
     * @param stream whose settings are then written; empty for the profile in force
     */
    record Edit(Function<ConfigurationState, Document> document, boolean keep, Optional<String> stream) {}
}
