package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.pipeline.ProcessorCatalog;
import dev.sightline.processor.ProcessorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges a configuration's settings of the whole server; what is wrong is added to its problems. */
final class Judge {
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
