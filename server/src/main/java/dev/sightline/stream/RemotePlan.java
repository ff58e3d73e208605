package dev.sightline.stream;

import dev.sightline.pipeline.PipelineRecipe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a worker is told of a stream, and what the server must know of it.
 *
 * @param settings the stream's keys as configured, secrets included
 * @param processors the user's files with processors, absolute
 * @param egress the section of that name: where a checked source may lead
 * @param folder the base of relative paths
 * @param address the source's address for people, secrets masked
 * @param shown makes a text of the worker one for people: without secrets
 * @param senders what senders choose from; empty for a stream with a source
 */
public record RemotePlan(
        Map<String, Object> settings,
        List<String> processors,
        Map<String, Object> egress,
        String folder,
        String address,
        UnaryOperator<String> shown,
        Optional<PipelineRecipe> senders) {
    /** Copies the list. */
    public RemotePlan {
        processors = List.copyOf(processors);
    }
}
