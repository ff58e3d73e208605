package dev.sightline.pipeline;

import dev.sightline.config.Nearest;
import dev.sightline.config.Node;
import dev.sightline.config.Problems;
import dev.sightline.config.RecordBinder;
import dev.sightline.config.Shorthand;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.processor.ProcessorFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The processors that a configuration can name. Immutable. */
public final class ProcessorCatalog {
    private final Map<String, ProcessorFactory<?>> factories;
    private final boolean complete;

    private ProcessorCatalog(Map<String, ProcessorFactory<?>> factories, boolean complete) {
        this.factories = factories;
        this.complete = complete;
    }

    /** Those that {@link ServiceLoader} finds on the class path. */
    public static ProcessorCatalog builtIn() {
        Map<String, ProcessorFactory<?>> factories = new TreeMap<>();
        for (ProcessorFactory<?> factory : ServiceLoader.load(ProcessorFactory.class)) {
            StepKeys.requireFree(factory);
            factories.put(factory.name(), factory);
        }
        return new ProcessorCatalog(factories, true);
    }

    /**
     * Adds further factories.
     *
     * @throws IllegalArgumentException if one has the name of another
     */
    public ProcessorCatalog with(Collection<? extends ProcessorFactory<?>> further) {
        ProcessorCatalog all = this;
        for (ProcessorFactory<?> factory : further) {
            all = all.with(factory);
        }
        return all;
    }

    /**
     * Adds one more factory.
     *
     * @throws IllegalArgumentException if it has no name, or that of another, or a parameter named as a key of every step
     */
    public ProcessorCatalog with(ProcessorFactory<?> factory) {
        Map<String, ProcessorFactory<?>> all = new TreeMap<>(factories);
        String name = factory.name();
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(
                    "the processor of " + factory.getClass().getName() + " has no name");
        }
        StepKeys.requireFree(factory);
        if (all.putIfAbsent(name, factory) != null) {
            throw new IllegalArgumentException("there is a processor '" + name + "' already, "
                    + (builtIn(name) ? "built in" : "of yours") + ": give yours another name");
        }
        return new ProcessorCatalog(all, complete);
    }

    /** The same catalog with some known to be missing: an unknown name is not reported as a further problem. */
    public ProcessorCatalog incomplete() {
        return new ProcessorCatalog(factories, false);
    }

    /** What can be told of each processor, in the order of their names. */
    public List<ProcessorDescription> descriptions() {
        return factories.values().stream()
                .map(factory -> new ProcessorDescription(
                        factory.name(), factory.description(), ParameterSchema.of(factory.parameters())))
                .toList();
    }

    private boolean builtIn(String name) {
        ProcessorFactory<?> factory = factories.get(name);
        return factory != null && factory.getClass().getName().startsWith("dev.sightline.processors.");
    }

    /**
     * The processors that a configuration names, in order.
     *
     * @param process the shorthand as one scalar, or a list whose items are shorthand or {@code name: {parameters}}
     */
    public List<NamedProcessor> resolve(Node process, Problems problems) {
        return resolve(process, Path.of(""), problems);
    }

    /**
     * The processors that a configuration names, in order.
     *
     * @param process the shorthand as one scalar, or a list whose items are shorthand or {@code name: {parameters}}
     * @param folder the base of relative paths among parameters
     */
    public List<NamedProcessor> resolve(Node process, Path folder, Problems problems) {
        List<NamedProcessor> steps = new ArrayList<>();
        Shorthand.steps(process, problems)
                .forEach(step -> step(step, folder, problems).ifPresent(steps::add));
        return steps;
    }

    private Optional<NamedProcessor> step(Node step, Path folder, Problems problems) {
        if (step instanceof Node.Scalar scalar) {
            return step(scalar.text(), new Node.Empty(scalar.place()), folder, problems);
        }
        if (step instanceof Node.Mapping mapping && mapping.entries().size() == 1) {
            Map.Entry<String, Node> entry =
                    mapping.entries().entrySet().iterator().next();
            return step(entry.getKey(), entry.getValue(), folder, problems);
        }
        if (step instanceof Node.Faulty) {
            return Optional.empty();
        }
        problems.add(step.place(), "a processor is a name, or a name with parameters: resize: {width: 400}");
        return Optional.empty();
    }

    private Optional<NamedProcessor> step(String name, Node parameters, Path folder, Problems problems) {
        ProcessorFactory<?> factory = factories.get(name);
        if (factory == null && (complete || Nearest.to(name, factories.keySet()).isPresent())) {
            problems.add(
                    parameters.place(),
                    "unknown processor '" + name + "'" + Nearest.hint(name, factories.keySet()) + "; known are "
                            + String.join(", ", factories.keySet()));
        }
        return factory == null ? Optional.empty() : bound(factory, parameters, folder, problems);
    }

    private static <P extends Record> Optional<NamedProcessor> bound(
            ProcessorFactory<P> factory, Node parameters, Path folder, Problems problems) {
        boolean enabled = StepKeys.of(parameters, problems).enabled();
        return new RecordBinder(problems, folder)
                .bind(parameters, factory.parameters(), StepKeys.NAMES)
                .map(record -> new NamedProcessor(
                        factory.name(), new ConfiguredProcessor<>(factory, record), problems.redaction(), enabled));
    }
}
