package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Problems;
import dev.sightline.pipeline.ProcessorCatalog;
import dev.sightline.processor.ProcessorFactory;
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

    /** The processors that streams may name: built-in, from the program, and from the user's files. */
    ProcessorCatalog catalog(Additions additions) {
        ProcessorCatalog catalog = code.builtIn();
        for (ProcessorFactory<?> factory : additions.processors()) {
            catalog = with(catalog, factory, "processors");
        }
        List<String> files = config.processors();
        code.look();
        for (int i = 0; i < files.size(); i++) {
            String place = Integer.toString(i);
            try {
                for (ProcessorFactory<?> factory : code.load(files.get(i), written.folder())) {
                    catalog = with(catalog, factory, "processors", place);
                }
            } catch (ConfigException e) {
                problems.add(written.place("processors", place), String.valueOf(e.getMessage()));
                catalog = catalog.incomplete();
            }
        }
        code.forgetOthers();
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
