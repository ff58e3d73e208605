package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Nodes;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.pipeline.ProcessorCatalog;
import dev.sightline.processor.ProcessorFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges a configuration's settings of the whole server; what is wrong is added to its problems. */
final class Judge {
    private static final List<String> STEPS = List.of("process", "client-processors");

    private final SightlineConfig config;
    private final Written written;
    private final Problems problems;
    private final UserCode code;

    Judge(SightlineConfig config, Written written, UserCode code) {
        this.config = config;
        this.written = written;
        this.problems = written.problems();
        this.code = code;
    }

    /**
     * The processors in each of the user's files; nothing of one that cannot be loaded.
     *
     * @throws ConfigException if one does not return: the others may be no better, and all would wait for each
     */
    List<Optional<List<ProcessorFactory<?>>>> files(Preparation preparation) {
        List<Optional<List<ProcessorFactory<?>>>> loaded = new ArrayList<>();
        for (String file : config.processors()) {
            loaded.add(file(file, preparation, written.place("processors", Integer.toString(loaded.size()))));
        }
        return loaded;
    }

    private Optional<List<ProcessorFactory<?>>> file(String name, Preparation preparation, Place place) {
        try {
            return Optional.of(code.load(name, written.folder(), preparation));
        } catch (ConfigException e) {
            problems.add(place, String.valueOf(e.getMessage()));
            if (e instanceof UnfinishedException) {
                problems.throwIfAny();
            }
            return Optional.empty();
        }
    }

    /**
     * Identifies the code that judging runs: the classes, and the steps whose parameters they check. Not one by one: which of
     * them does not return is unknown, and another version of it must not be refused for the sake of those beside it.
     */
    Set<@Nullable Object> judgedCode(Additions additions) {
        Set<@Nullable Object> judged = new HashSet<>(code.contents());
        additions.processors().forEach(factory -> judged.add(factory.getClass()));
        config.streams().values().forEach(stream -> {
            judged.add(Nodes.plain(stream.process()));
            judged.add(Nodes.plain(stream.clientProcessors()));
        });
        written.document().inProfiles().values().stream()
                .flatMap(streams -> streams.values().stream())
                .flatMap(stream -> STEPS.stream().map(key -> stream.below(key)).filter(step -> step != stream))
                .forEach(step -> judged.add(Nodes.plain(step)));
        return judged;
    }

    /** The processors that streams may name: built-in, from the program, and from the user's files. */
    ProcessorCatalog catalog(Additions additions, List<Optional<List<ProcessorFactory<?>>>> files) {
        ProcessorCatalog catalog = code.builtIn();
        for (ProcessorFactory<?> factory : additions.processors()) {
            catalog = with(catalog, factory, "processors");
        }
        for (int i = 0; i < files.size(); i++) {
            Optional<List<ProcessorFactory<?>>> loaded = files.get(i);
            for (ProcessorFactory<?> factory : loaded.orElse(List.of())) {
                catalog = with(catalog, factory, "processors", Integer.toString(i));
            }
            catalog = loaded.isPresent() ? catalog : catalog.incomplete();
        }
        return catalog;
    }

    private ProcessorCatalog with(ProcessorCatalog catalog, ProcessorFactory<?> factory, String... place) {
        try {
            return catalog.with(factory);
        } catch (IllegalArgumentException e) {
            problems.add(written.place(place), "processors: " + e.getMessage());
            return catalog;
        }
    }

    /** The certificate's files; empty if they cannot be used. */
    Optional<Certificates> certificates() {
        try {
            return Optional.of(Certificates.of(config.http(), written.folder()));
        } catch (ConfigException e) {
            problems.add(written.place("http", "tls"), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
