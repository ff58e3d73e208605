package dev.sightline.pipeline;

import dev.sightline.pipeline.Pipeline.NamedProcessor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The recipe of pipelines: the steps that always run, and those that senders may add after them. Immutable; safe for use by any
 * thread.
 */
public final class PipelineRecipe {
    private static final int LONGEST_SHOWN = 64;

    private final List<NamedProcessor> configured;
    private final List<NamedProcessor> steps;
    private final Map<String, NamedProcessor> choices;

    private PipelineRecipe(List<NamedProcessor> configured, Map<String, NamedProcessor> choices) {
        this.configured = List.copyOf(configured);
        this.steps = configured.stream().filter(NamedProcessor::enabled).toList();
        this.choices = choices;
    }

    /** Creates a recipe with these steps and without choices; those that are not enabled are never made. */
    public static PipelineRecipe of(List<NamedProcessor> steps) {
        return new PipelineRecipe(steps, Map.of());
    }

    /**
     * Adds what a sender may choose by name, of those that are enabled.
     *
     * @throws IllegalArgumentException if two of them have the same name
     */
    public PipelineRecipe withChoices(List<NamedProcessor> offered) {
        Map<String, NamedProcessor> named = new LinkedHashMap<>();
        for (NamedProcessor processor :
                offered.stream().filter(NamedProcessor::enabled).toList()) {
            if (named.put(processor.name(), processor) != null) {
                throw new IllegalArgumentException("'" + processor.name() + "' is offered to senders twice");
            }
        }
        return new PipelineRecipe(configured, named);
    }

    /** The names that a sender may choose from, in order. */
    public List<String> choices() {
        return List.copyOf(choices.keySet());
    }

    /** The steps that always run, and those that senders may add. */
    public List<NamedProcessor> all() {
        return Stream.concat(steps.stream(), choices.values().stream()).toList();
    }

    /** The configured steps in order; those that are not enabled too. */
    public List<NamedProcessor> configured() {
        return configured;
    }

    /** The names of the steps that always run, in order. */
    public List<String> steps() {
        return steps.stream().map(NamedProcessor::name).toList();
    }

    /**
     * The recipe with the chosen steps after the others, in the sender's order.
     *
     * @throws IllegalArgumentException if one is not offered, or chosen twice; the message is for the sender
     */
    public PipelineRecipe choose(List<String> chosen) {
        List<NamedProcessor> all = new ArrayList<>(steps);
        Map<String, NamedProcessor> left = new LinkedHashMap<>(choices);
        for (String name : chosen) {
            NamedProcessor processor = left.remove(name);
            if (processor == null) {
                throw new IllegalArgumentException(refusal(name));
            }
            all.add(processor);
        }
        return new PipelineRecipe(all, Map.of());
    }

    /**
     * A pipeline for a stream, with its own instances.
     *
     * @throws ProcessorException if a processor cannot be made
     */
    public Pipeline create(String stream) {
        return Pipeline.of(stream, steps);
    }

    /**
     * The same for a stream that has a pipeline: the steps that stay the same are taken over from it, with their state.
     *
     * @throws ProcessorException if a processor cannot be made
     */
    public Pipeline renew(String stream, Pipeline present) {
        return present.renewed(stream, steps);
    }

    /** The chosen names that are still offered, in order. */
    public List<String> offered(List<String> chosen) {
        return chosen.stream().filter(choices::containsKey).toList();
    }

    /** Whether it makes the same pipelines and offers the same choices, from the same code with the same parameters. */
    public boolean sameAs(PipelineRecipe other) {
        return same(steps, other.steps) && same(List.copyOf(choices.values()), List.copyOf(other.choices.values()));
    }

    private static boolean same(List<NamedProcessor> some, List<NamedProcessor> others) {
        return some.size() == others.size()
                && IntStream.range(0, some.size()).allMatch(i -> some.get(i).sameAs(others.get(i)));
    }

    private String refusal(String name) {
        if (choices.containsKey(name)) {
            return "processor '" + name + "' is chosen twice";
        }
        return choices.isEmpty()
                ? "no processors can be chosen here, so not '" + shown(name) + "' either"
                : "processor '" + shown(name) + "' cannot be chosen here; choose from "
                        + String.join(", ", choices.keySet());
    }

    /** A stranger's text may be very long. */
    private static String shown(String name) {
        return name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "…" : name;
    }
}
