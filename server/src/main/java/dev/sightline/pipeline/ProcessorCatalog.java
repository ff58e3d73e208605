package dev.sightline.pipeline;

import dev.sightline.config.Nearest;
import dev.sightline.config.Node;
import dev.sightline.config.Problems;
import dev.sightline.config.RecordBinder;
import dev.sightline.config.Shorthand;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.processor.ProcessorFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The processors that can be named in a configuration. Immutable. */
public final class ProcessorCatalog {
    private final Map<String, ProcessorFactory<?>> factories;

    private ProcessorCatalog(Map<String, ProcessorFactory<?>> factories) {
        this.factories = factories;
    }

    /** What {@link ServiceLoader} finds on the class path. */
    public static ProcessorCatalog builtIn() {
        Map<String, ProcessorFactory<?>> factories = new TreeMap<>();
        for (ProcessorFactory<?> factory : ServiceLoader.load(ProcessorFactory.class)) {
            factories.put(factory.name(), factory);
        }
        return new ProcessorCatalog(factories);
    }

    /**
     * This catalog and further factories.
     *
     * @throws IllegalArgumentException if one bears the name of another
     */
    public ProcessorCatalog with(Collection<? extends ProcessorFactory<?>> further) {
        Map<String, ProcessorFactory<?>> all = new TreeMap<>(factories);
        for (ProcessorFactory<?> factory : further) {
            if (all.putIfAbsent(factory.name(), factory) != null) {
                throw new IllegalArgumentException("there is a processor '" + factory.name() + "' already");
            }
        }
        return new ProcessorCatalog(all);
    }

    /** The factories, by name. */
    public Collection<ProcessorFactory<?>> factories() {
        return factories.values();
    }

    /**
     * The processors that a configuration names, in order.
     *
     * @param process the shorthand as one scalar, or a list whose items are shorthand or {@code name: {parameters}}
     */
    public List<NamedProcessor> resolve(Node process, Problems problems) {
        List<NamedProcessor> steps = new ArrayList<>();
        if (process instanceof Node.Scalar scalar) {
            Shorthand.read(scalar.text(), scalar.place(), problems)
                    .items()
                    .forEach(step -> step(step, problems).ifPresent(steps::add));
        } else if (process instanceof Node.Sequence sequence) {
            for (Node item : sequence.items()) {
                if (item instanceof Node.Scalar) {
                    steps.addAll(resolve(item, problems));
                } else {
                    step(item, problems).ifPresent(steps::add);
                }
            }
        } else if (!(process instanceof Node.Empty)) {
            problems.add(process.place(), "processors are a list: [resize: {width: 400}, clock]");
        }
        return steps;
    }

    private Optional<NamedProcessor> step(Node step, Problems problems) {
        if (step instanceof Node.Scalar scalar) {
            return step(scalar.text(), new Node.Empty(scalar.place()), problems);
        }
        if (step instanceof Node.Mapping mapping && mapping.entries().size() == 1) {
            Map.Entry<String, Node> entry =
                    mapping.entries().entrySet().iterator().next();
            return step(entry.getKey(), entry.getValue(), problems);
        }
        problems.add(step.place(), "a processor is a name, or a name with parameters: resize: {width: 400}");
        return Optional.empty();
    }

    private Optional<NamedProcessor> step(String name, Node parameters, Problems problems) {
        ProcessorFactory<?> factory = factories.get(name);
        if (factory == null) {
            problems.add(
                    parameters.place(),
                    "unknown processor '" + name + "'" + Nearest.hint(name, factories.keySet()) + "; known are "
                            + String.join(", ", factories.keySet()));
            return Optional.empty();
        }
        return bound(factory, parameters, problems);
    }

    private static <P extends Record> Optional<NamedProcessor> bound(
            ProcessorFactory<P> factory, Node parameters, Problems problems) {
        return new RecordBinder(problems)
                .bind(parameters, factory.parameters())
                .map(record -> new NamedProcessor(factory.name(), () -> factory.create(record)));
    }
}
