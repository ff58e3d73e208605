package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Mirror;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.PipelineChange;
import dev.sightline.stream.RemoteWorker;
import dev.sightline.stream.StreamRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one stream when the configuration changes. First all changes are prepared, which may fail and takes time; then
 * all are committed, which does not; or all are discarded, and nothing has happened. Used by one thread.
 */
sealed interface StreamChange permits StreamChange.Start, StreamChange.Adjust, StreamChange.Remove, RemoteChange {

    /** The stream's name. */
    String stream();

    /** The processors that {@link #prepare} may make. */
    default List<NamedProcessor> processors() {
        return List.of();
    }

    /**
     * Makes what may fail.
     *
     * @throws dev.sightline.pipeline.ProcessorException if a processor cannot be made
     */
    default void prepare() {}

    /** Lets it happen; complete when the next frame shows it. */
    CompletionStage<Void> commit();

    /** Frees what was prepared in vain. */
    default void discard() {}

    /** After {@link #commit}: frees processors that are not needed any more and never ran; empty if there are none. */
    default Optional<Runnable> leftover() {
        return Optional.empty();
    }

    /** A stream that was not there before. */
    final class Start implements StreamChange {
        private final StreamPlan plan;
        private final StreamRegistry registry;
        private @Nullable Pipeline pipeline;

        Start(StreamPlan plan, StreamRegistry registry) {
            this.plan = plan;
            this.registry = registry;
        }

        @Override
        public String stream() {
            return plan.name();
        }

        @Override
        public List<NamedProcessor> processors() {
            return plan.remote().isPresent()
                    ? List.of()
                    : plan.recipe().configured().stream()
                            .filter(NamedProcessor::enabled)
                            .toList();
        }

        @Override
        public void prepare() {
            if (plan.kind() != StreamPlan.Kind.MIRROR && plan.remote().isEmpty()) {
                pipeline = plan.recipe().create(plan.name());
            }
        }

        @Override
        public CompletionStage<Void> commit() {
            StreamConfig config = plan.config();
            Pipeline made = pipeline;
            if (plan.remote().isPresent()) {
                startRemote(plan.remote().get());
            } else if (made == null) {
                registry.startMirror(plan.name(), plan.recipe(), config.maxSenders());
            } else if (plan.source().isPresent()) {
                registry.start(plan.name(), plan.source().get(), made, config.onDemand())
                        .limitViewers(config.maxViewers());
            } else {
                registry.startPublished(plan.name(), plan.recipe(), made).limitViewers(config.maxViewers());
            }
            return CompletableFuture.completedFuture(null);
        }

        private void startRemote(StreamPlan.InWorker place) {
            StreamConfig config = plan.config();
            RemoteWorker worker = registry.worker(place.worker());
            if (plan.kind() == StreamPlan.Kind.MIRROR) {
                registry.startRemoteMirror(plan.name(), plan.recipe(), config.maxSenders(), worker, place.told());
            } else {
                registry.startRemote(plan.name(), worker, place.told()).limitViewers(config.maxViewers());
            }
        }

        @Override
        public void discard() {
            Optional.ofNullable(pipeline).ifPresent(Pipeline::close);
        }
    }

    /** A stream that goes on, with its viewers. */
    final class Adjust implements StreamChange {
        private final StreamPlan before;
        private final StreamPlan plan;
        private final NamedStream running;
        private @Nullable PipelineChange pipeline;

        Adjust(StreamPlan before, StreamPlan plan, NamedStream running) {
            this.before = before;
            this.plan = plan;
            this.running = running;
        }

        @Override
        public String stream() {
            return plan.name();
        }

        @Override
        public List<NamedProcessor> processors() {
            return before.recipe().sameAs(plan.recipe()) ? List.of() : plan.processors();
        }

        @Override
        public void prepare() {
            if (!before.recipe().sameAs(plan.recipe())) {
                pipeline = running.prepare(plan.recipe());
            }
        }

        @Override
        public CompletionStage<Void> commit() {
            PipelineChange made = pipeline;
            // First, so that no frame of another source or sender runs the pipeline before.
            CompletionStage<Void> shown =
                    made == null ? CompletableFuture.completedFuture(null) : made.commit(hasOtherSource());
            if (running instanceof Mirror mirror) {
                mirror.limitSenders(plan.config().maxSenders());
            } else if (running instanceof LiveStream stream) {
                adjust(stream);
            }
            return shown;
        }

        private boolean hasOtherSource() {
            return plan.source().isPresent() ? !before.readsAs(plan) : before.kind() != plan.kind();
        }

        private void adjust(LiveStream stream) {
            stream.limitViewers(plan.config().maxViewers());
            stream.onDemand(plan.config().onDemand());
            if (plan.source().isEmpty()) {
                stream.takePublishers(plan.recipe());
            } else if (hasOtherSource()) {
                stream.read(plan.source().get());
            }
        }

        @Override
        public void discard() {
            Optional.ofNullable(pipeline).ifPresent(PipelineChange::discard);
        }

        @Override
        public Optional<Runnable> leftover() {
            return Optional.ofNullable(pipeline).flatMap(PipelineChange::leftover);
        }
    }

    /** A stream that is no more; its viewers are told. */
    record Remove(String stream, StreamRegistry registry, List<NamedStream> ending) implements StreamChange {

        @Override
        public CompletionStage<Void> commit() {
            registry.remove(stream).ifPresent(ending::add);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** The stream that runs under this name. */
    static NamedStream running(String name, StreamRegistry registry) {
        return registry.all().stream()
                .filter(stream -> stream.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigException("stream '" + name + "' does not run"));
    }
}
