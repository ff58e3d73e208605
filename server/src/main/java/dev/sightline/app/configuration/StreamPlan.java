package dev.sightline.app.configuration;

import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.source.EgressSettings;
import dev.sightline.source.Source;
import dev.sightline.source.SourceOptions.Egress;
import dev.sightline.source.SourceSchemes;
import dev.sightline.stream.RemotePlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A judged stream that is not started.
 *
 * @param name its name
 * @param kind where its frames come from
 * @param config what was configured
 * @param source where its frames come from; empty if senders provide them
 * @param recipe of its pipelines
 * @param egress where its source may lead if it is checked
 * @param remote its place in a worker; empty if it runs in the server
 */
record StreamPlan(
        String name,
        Kind kind,
        StreamConfig config,
        Optional<Source> source,
        PipelineRecipe recipe,
        EgressSettings egress,
        Optional<InWorker> remote) {
    /** The schemes of streams whose frames come from senders. */
    static final Set<String> PUSHED = Set.of("publish", "mirror");

    /**
     * A place in a worker.
     *
     * @param worker its name
     * @param told what it is told
     */
    record InWorker(String worker, RemotePlan told) {}

    /** Where frames come from. */
    enum Kind {
        /** From a source. */
        SOURCE,
        /** From one publisher at a time. */
        PUBLISH,
        /** From senders that get them back. */
        MIRROR
    }

    /**
     * The plan of a configured stream.
     *
     * @param source makes the source of its address, if it has one
     * @throws IllegalArgumentException if the address is invalid
     */
    static StreamPlan of(String name, StreamConfig stream, PipelineRecipe recipe, Supplier<Source> source) {
        String scheme = SourceSchemes.schemeOf(stream.source());
        if (PUSHED.contains(scheme)) {
            requireBare(stream, scheme);
            Kind kind = scheme.equals("publish") ? Kind.PUBLISH : Kind.MIRROR;
            return new StreamPlan(
                    name, kind, stream, Optional.empty(), recipe, EgressSettings.DEFAULTS, Optional.empty());
        }
        Source pulled = source.get();
        if (!recipe.choices().isEmpty()) {
            throw new IllegalArgumentException("client-processors are only for publish: and mirror:; viewers of "
                    + pulled.address() + " cannot choose");
        }
        return new StreamPlan(
                name, Kind.SOURCE, stream, Optional.of(pulled), recipe, EgressSettings.DEFAULTS, Optional.empty());
    }

    /** The same, whose source was made with these settings. */
    StreamPlan within(EgressSettings settings) {
        return new StreamPlan(name, kind, config, source, recipe, settings, remote);
    }

    /** The same stream in its worker. */
    StreamPlan inWorker(String worker, RemotePlan told) {
        return new StreamPlan(name, kind, config, source, recipe, egress, Optional.of(new InWorker(worker, told)));
    }

    /** The worker that it runs in; empty for the server's own process. */
    Optional<String> worker() {
        return remote.map(InWorker::worker);
    }

    /** Whether it runs in the same process, and can become the other while it runs. */
    boolean runsAs(StreamPlan other) {
        return (kind == Kind.MIRROR) == (other.kind == Kind.MIRROR) && worker().equals(other.worker());
    }

    /** All processors that it may make. */
    List<NamedProcessor> processors() {
        return recipe.all();
    }

    /** Whether frames come from the same source, read in the same way. */
    boolean readsAs(StreamPlan other) {
        return kind == other.kind
                && config.source().equals(other.config.source())
                && config.reading().equals(other.config.reading())
                && (config.reading().egress() == Egress.ANY || egress.equals(other.egress));
    }

    /** Whether nothing but the place of its text differs. */
    boolean sameAs(StreamPlan other) {
        return readsAs(other)
                && runsAs(other)
                && recipe.sameAs(other.recipe)
                && config.maxSenders() == other.config.maxSenders()
                && config.maxViewers() == other.config.maxViewers()
                && config.onDemand() == other.config.onDemand()
                && config.socketIo().equals(other.config.socketIo());
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
}
