package dev.sightline.pipeline;

import dev.sightline.config.Node;
import dev.sightline.config.Problems;
import dev.sightline.config.RecordBinder;
import dev.sightline.processor.Parameter;
import dev.sightline.processor.ProcessorFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that every step has beside the parameters of its processor.
 *
 * @param enabled whether it runs; if not, it keeps its place and its parameters
 */
record StepKeys(
        @Parameter(value = "Whether the step runs; if not, it keeps its place and its parameters.", byDefault = "true")
        boolean enabled) {
    static final List<String> NAMES = RecordBinder.keys(StepKeys.class);

    /** Those that stand among the parameters of a step. */
    static StepKeys of(Node parameters, Problems problems) {
        if (!(parameters instanceof Node.Mapping mapping)) {
            return new StepKeys(true);
        }
        Map<String, Node> entries = new LinkedHashMap<>(mapping.entries());
        entries.keySet().retainAll(NAMES);
        return new RecordBinder(problems)
                .bind(new Node.Mapping(entries, mapping.keys(), mapping.place()), StepKeys.class)
                .orElse(new StepKeys(true));
    }

    /**
     * Checks that no parameter has the name of one of them.
     *
     * @throws IllegalArgumentException if one has
     */
    static void requireFree(ProcessorFactory<?> factory) {
        RecordBinder.keys(factory.parameters()).stream()
                .filter(NAMES::contains)
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException("the processor '" + factory.name() + "' has a parameter '" + key
                            + "', which is a key of every step: give the parameter another name");
                });
    }
}
