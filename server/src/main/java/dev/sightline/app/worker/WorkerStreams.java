package dev.sightline.app.worker;

import dev.sightline.app.configuration.Additions;
import dev.sightline.app.configuration.ConfigOrigin;
import dev.sightline.app.configuration.Document;
import dev.sightline.app.configuration.JudgedConfig;
import dev.sightline.app.configuration.LiveConfiguration;
import dev.sightline.app.configuration.SightlineConfig;
import dev.sightline.app.configuration.StreamConfig;
import dev.sightline.app.configuration.UserCode;
import dev.sightline.app.configuration.Written;
import dev.sightline.config.Node;
import dev.sightline.config.Nodes;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.http.HttpSettings;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.wire.Command;
import dev.sightline.transport.webrtc.WebRtcSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a worker and their configuration, which is changed as that of a server is: what stays the same goes on. Used by
 * one thread.
 */
final class WorkerStreams implements AutoCloseable {
    private final StreamRegistry registry;
    private Map<String, Command.Configure> configured = new LinkedHashMap<>();
    private @Nullable LiveConfiguration live;
    private volatile CompletableFuture<Void> applying = new CompletableFuture<>();

    WorkerStreams(StreamRegistry registry) {
        this.registry = registry;
    }

    /** The stream of that name. */
    Optional<NamedStream> find(String name) {
        return registry.all().stream()
                .filter(stream -> stream.name().equals(name))
                .findFirst();
    }

    /** Sets what a stream is; returns why it cannot be, in one line: then nothing has changed. */
    Optional<String> configure(Command.Configure stream) {
        Map<String, Command.Configure> next = new LinkedHashMap<>(configured);
        next.put(stream.stream(), stream);
        if (!configured.containsKey(stream.stream())) {
            registry.continueAfter(stream.stream(), stream.after());
        }
        return apply(next, Path.of(stream.folder()));
    }

    /** Ends a stream. */
    void remove(String stream) {
        Map<String, Command.Configure> next = new LinkedHashMap<>(configured);
        if (next.remove(stream) != null) {
            apply(next, Path.of(""));
        }
    }

    private Optional<String> apply(Map<String, Command.Configure> next, Path folder) {
        CompletableFuture<Void> applied = new CompletableFuture<>();
        applying = applied;
        if (live == null) {
            live = empty(folder);
        }
        Node root = root(next);
        live.describe(
                        new Written(new Document(root, Optional.empty(), Map.of()), root, folder, new Problems()),
                        Additions.none(),
                        () -> {})
                .whenComplete((shown, why) -> {
                    if (why != null) {
                        applied.completeExceptionally(why);
                    }
                });
        Optional<String> problem = problem(applied);
        if (problem.isEmpty()) {
            configured = next;
        }
        return problem;
    }

    /** Waits until it is applied, not until frames show it: perhaps none come. */
    private static Optional<String> problem(CompletableFuture<Void> applied) {
        try {
            applied.get();
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the worker stops");
        } catch (ExecutionException | CompletionException e) {
            Throwable why = e.getCause() instanceof CompletionException inner && inner.getCause() != null
                    ? inner.getCause()
                    : e.getCause();
            String message = why == null ? e.toString() : String.valueOf(why.getMessage());
            return Optional.of(String.join("; ", List.of(message.split("\\R"))));
        }
    }

    private LiveConfiguration empty(Path folder) {
        SightlineConfig nothing =
                new SightlineConfig(HttpSettings.DEFAULTS, WebRtcSettings.DEFAULTS, List.of(), Map.of());
        Written written = Written.inCode(nothing, folder);
        UserCode code = new UserCode();
        JudgedConfig judged = JudgedConfig.of(nothing, written, Additions.none(), code);
        LiveConfiguration made =
                new LiveConfiguration(ConfigOrigin.noFile(), written, judged, Additions.none(), code, registry);
        made.onApplied(done -> applying.complete(null));
        made.start();
        return made;
    }

    private static Node root(Map<String, Command.Configure> streams) {
        Set<String> processors = new LinkedHashSet<>();
        Map<String, Object> egress = new LinkedHashMap<>();
        Map<String, Object> settings = new LinkedHashMap<>();
        streams.forEach((name, stream) -> {
            processors.addAll(stream.processors());
            egress.putAll(stream.egress());
            settings.put(name, stream.settings());
        });
        return Nodes.of(
                Map.of(
                        "processors",
                        new ArrayList<>(processors),
                        "egress",
                        egress,
                        "workers",
                        StreamConfig.NO_WORKER,
                        "streams",
                        settings),
                Place.NOWHERE);
    }

    @Override
    public void close() {
        Optional.ofNullable(live).ifPresent(LiveConfiguration::close);
        registry.close();
    }
}
