package dev.sightline.admin;

import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.pipeline.ProcessorDescription;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The configuration of streams that a test started by itself: nobody can change it. */
final class Unconfigured implements Configuration {
    @Override
    public Status status() {
        return new Status(
                Optional.empty(), 1, Instant.EPOCH, Optional.empty(), List.of(), List.of(), List.of(), List.of());
    }

    @Override
    public List<ProcessorDescription> processors() {
        return List.of();
    }

    @Override
    public Optional<Settings> stream(String name) {
        return Optional.empty();
    }

    @Override
    public Map<String, Object> settingsSchema() {
        return Map.of("type", "object", "properties", Map.of("source", Map.of("type", "string")));
    }

    @Override
    public List<Step> steps(String stream) {
        return List.of();
    }

    @Override
    public CompletionStage<Void> change(Change change) {
        return CompletableFuture.failedFuture(new ProblemException(Problem.of(409, "nothing is configured here")));
    }

    @Override
    public CompletionStage<Probe> probe(String source) {
        return CompletableFuture.failedFuture(new ProblemException(Problem.of(409, "nothing is configured here")));
    }

    @Override
    public Runnable onEvent(Consumer<Event> listener) {
        return () -> {};
    }
}
