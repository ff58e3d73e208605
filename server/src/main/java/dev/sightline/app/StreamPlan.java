package dev.sightline.app;

import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.source.Source;
import dev.sightline.source.SourceSchemes;
import dev.sightline.stream.StreamRegistry;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A judged stream that is not started.
 *
 * @param source where its frames come from; empty if senders provide them
 * @param starting starts it in a registry, under a name
 */
record StreamPlan(Optional<Source> source, Starting starting) {
    /** The schemes of streams whose frames come from senders. */
    static final Set<String> PUSHED = Set.of("publish", "mirror");

    /**
     * The plan of a configured stream.
     *
     * @param source makes the source of its address, if it has one
     * @throws IllegalArgumentException if the address is invalid
     */
    static StreamPlan of(StreamConfig stream, PipelineRecipe recipe, Supplier<Source> source) {
        String scheme = SourceSchemes.schemeOf(stream.source());
        if (!PUSHED.contains(scheme)) {
            return pulled(stream, recipe, source.get());
        }
        requireBare(stream, scheme);
        return scheme.equals("publish")
                ? new StreamPlan(
                        Optional.empty(),
                        (name, registry) ->
                                registry.startPublished(name, recipe).limitViewers(stream.maxViewers()))
                : new StreamPlan(
                        Optional.empty(), (name, registry) -> registry.startMirror(name, recipe, stream.maxSenders()));
    }

    void start(String name, StreamRegistry registry) {
        starting.start(name, registry);
    }

    private static StreamPlan pulled(StreamConfig stream, PipelineRecipe recipe, Source source) {
        if (!recipe.choices().isEmpty()) {
            throw new IllegalArgumentException("client-processors are only for publish: and mirror:; viewers of "
                    + source.address() + " cannot choose");
        }
        return new StreamPlan(
                Optional.of(source),
                (name, registry) -> registry.start(name, source, recipe.create(name), stream.onDemand())
                        .limitViewers(stream.maxViewers()));
    }

    private static void requireBare(StreamConfig stream, String scheme) {
        if (!stream.source().strip().endsWith(":")) {
            throw new IllegalArgumentException(
                    "nothing follows '" + scheme + ":'; senders find the stream by its name");
        }
        if (stream.onDemand()) {
            throw new IllegalArgumentException("on-demand does not apply to '" + scheme + ":', which opens no source");
        }
    }

    /** Starts a stream. */
    @FunctionalInterface
    interface Starting {
        void start(String name, StreamRegistry registry);
    }
}
