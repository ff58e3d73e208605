package dev.sightline.app;

import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.source.Source;
import dev.sightline.source.SourceSchemes;
import dev.sightline.stream.StreamRegistry;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A stream that was judged and is not started.
 *
 * @param source where its pictures come from; empty where they are sent in
 * @param starting starts it in a registry, under a name
 */
record StreamPlan(Optional<Source> source, Starting starting) {
    /** The schemes of streams that pictures are sent to. */
    static final Set<String> PUSHED = Set.of("publish", "mirror");

    /**
     * What a configuration describes.
     *
     * @param source makes the source of its address, where it has one
     * @throws IllegalArgumentException if the address cannot be meant
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
            throw new IllegalArgumentException("client-processors are for publish: and mirror: alone; viewers of "
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
                    "nothing stands after '" + scheme + ":'; the stream's name is what senders know it by");
        }
        if (stream.onDemand()) {
            throw new IllegalArgumentException("on-demand means nothing for '" + scheme + ":', which opens no source");
        }
    }

    /** Starts a stream. */
    @FunctionalInterface
    interface Starting {
        void start(String name, StreamRegistry registry);
    }
}
