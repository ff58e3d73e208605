package dev.sightline.app.configuration;

import dev.sightline.admin.Configuration;
import dev.sightline.config.ConfigException;
import dev.sightline.config.Node;
import dev.sightline.config.Nodes;
import dev.sightline.config.Place;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.pipeline.ProcessorDescription;
import dev.sightline.source.AddressMask;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The live configuration, for the control API: in words that are no secret, and with answers for everything that goes wrong. */
public final class ConfigurationControl implements Configuration {
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(10);

    private final LiveConfiguration live;
    private final SourceProbe probe;

    /**
     * Controls this configuration.
     *
     * @param processes where sources are tried while what comes over the network runs in a worker
     */
    public ConfigurationControl(LiveConfiguration live, ProbePlace processes) {
        this.live = live;
        this.probe = new SourceProbe(
                live.folder(),
                LONGEST_PROBE,
                () -> live.state().judged().config().workers().sharedWorker().map(shared -> processes));
    }

    @Override
    public Status status() {
        ConfigurationState state = live.state();
        Document document = state.document();
        return new Status(
                live.origin()
                        .file()
                        .map(file -> file.toAbsolutePath().normalize().toString()),
                state.revision(),
                state.since(),
                document.activeProfile(),
                document.profiles(),
                document.changes().keySet().stream().sorted().toList(),
                state.problems(),
                state.restart());
    }

    @Override
    public List<ProcessorDescription> processors() {
        return live.state().judged().processors();
    }

    @Override
    public Optional<Settings> stream(String name) {
        ConfigurationState state = live.state();
        return state.document().stream(name).map(node -> settings(state, node));
    }

    @Override
    public Map<String, Object> settingsSchema() {
        return StreamSettings.schema();
    }

    @Override
    public List<Step> steps(String stream) {
        StreamPlan plan = live.state().judged().streams().get(stream);
        return plan == null
                ? List.of()
                : plan.recipe().configured().stream()
                        .map(step -> new Step(step.name(), step.enabled(), step.parameters()))
                        .toList();
    }

    @Override
    public CompletionStage<Void> change(Change change) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        StreamEdit edit = new StreamEdit(change.edit());
        live.change(new LiveConfiguration.Edit(
                        state -> {
                            checkTag(change, state);
                            return edit.applied(state);
                        },
                        change.keep(),
                        StreamEdit.stream(change.edit())))
                .whenComplete((state, failure) -> {
                    if (failure == null) {
                        done.complete(null);
                    } else {
                        done.completeExceptionally(answer(failure));
                    }
                });
        return done;
    }

    @Override
    public CompletionStage<Probe> probe(String source) {
        ApiWrites.refuseReferences(Nodes.of(source, Place.member("source")));
        return probe.of(source, live.state().judged().config().egress());
    }

    @Override
    public Runnable onEvent(Consumer<Event> listener) {
        return live.onEvent(event -> listener.accept(told(event)));
    }

    private static Event told(ConfigurationEvent event) {
        Map<String, Object> data = new LinkedHashMap<>();
        if (event instanceof ConfigurationEvent.Applied applied) {
            data.put("revision", applied.revision());
            data.put("added", applied.streams().added());
            data.put("changed", applied.streams().changed());
            data.put("removed", applied.streams().removed());
            return new Event("applied", data);
        }
        data.put("problems", ((ConfigurationEvent.Refused) event).problems());
        return new Event("refused", data);
    }

    /**
     * Refuses an edit of settings that are not those its {@code If-Match} names. A request that would fail anyway does so for
     * its own reason (RFC 9110 section 13.2.1): of a stream that is missing, only the making of one has a condition to meet.
     */
    private static void checkTag(Change change, ConfigurationState state) {
        Optional<String> stream = StreamEdit.stream(change.edit());
        if (change.ifMatch().isEmpty() || stream.isEmpty()) {
            return;
        }
        String wanted = change.ifMatch().get();
        Optional<String> tag = state.document().stream(stream.get())
                .map(node -> settings(state, node).tag());
        if (tag.isEmpty() && !StreamEdit.makes(change.edit())) {
            return;
        }
        boolean matches = tag.isPresent()
                && (wanted.equals("*") || List.of(wanted.split("\\s*,\\s*")).contains(tag.get()));
        if (!matches) {
            throw new ProblemException(Problem.of(
                    412,
                    tag.isEmpty()
                            ? "there is no stream '" + stream.get() + "' for If-Match to match; leave it out to add one"
                            : "the settings of stream '" + stream.get() + "' have changed since; read them again"));
        }
    }

    private static Settings settings(ConfigurationState state, Node node) {
        Map<String, Object> shown = new StreamSettings(state.redaction()).shown(node);
        return new Settings(shown, tag(shown, node));
    }

    /** Of the values themselves, so that it changes with a secret too. */
    private static String tag(Map<String, Object> shown, Node node) {
        return '"' + Digest.of(shown.toString(), String.valueOf(Nodes.plain(node))) + '"';
    }

    private static Throwable answer(Throwable failure) {
        Throwable why =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (why instanceof TimeoutException) {
            return new ProblemException(
                    Problem.of(503, "the changes before this one are not finished; see /api/config and the log"));
        }
        if (why instanceof ConfigException invalid) {
            List<String> problems = AddressMask.text(String.valueOf(invalid.getMessage()))
                    .lines()
                    .toList();
            return new ProblemException(
                    Problem.of(422, String.join("; ", problems)).with("problems", problems));
        }
        return why;
    }
}
