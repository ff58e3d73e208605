package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.pipeline.ProcessorCatalog;
import dev.sightline.processor.ProcessorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processors of the user's own files, loaded once for each content: a file that was not changed gives the same factories
 * again, so that the steps made by them go on. What an older content gave is forgotten, and freed with its last step. Used by
 * one thread at a time.
 */
public final class UserCode {
    private final ProcessorCatalog builtIn = ProcessorCatalog.builtIn();
    private Map<Path, Loaded> loaded = new HashMap<>();
    private final Set<Path> used = new HashSet<>();

    public UserCode() {}

    /** The processors that need no file. */
    ProcessorCatalog builtIn() {
        return builtIn;
    }

    /** A new look at all files begins: those that are not asked for until {@link #forgetOthers} are forgotten. */
    void look() {
        used.clear();
    }

    /**
     * The factories in a file.
     *
     * @param folder the base of its name if relative
     * @throws ConfigException if the file is missing, cannot be compiled, contains no processor, or one that cannot be made
     */
    List<ProcessorFactory<?>> load(String name, Path folder) {
        Path file = file(name, folder);
        used.add(file);
        String content = content(file);
        Loaded known = loaded.get(file);
        if (known != null && known.content().equals(content)) {
            return known.factories();
        }
        List<ProcessorFactory<?>> factories = UserProcessors.load(file);
        loaded.put(file, new Loaded(content, factories));
        return factories;
    }

    /** Forgets files that were not asked for since the last {@link #look}. */
    void forgetOthers() {
        loaded = new HashMap<>(loaded);
        loaded.keySet().retainAll(used);
    }

    /** The file of this name; empty if it cannot be one. */
    static Optional<Path> path(String name, Path folder) {
        try {
            return Optional.of(file(name, folder));
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }

    private static Path file(String name, Path folder) {
        try {
            return folder.resolve(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new ConfigException("processors: '" + name + "' cannot be a file's name: " + e.getReason());
        }
    }

    /** Identifies a file's content; what cannot be read has none, and is reported when it is loaded. */
    private static String content(Path file) {
        try {
            return Digest.of(Files.readAllBytes(file));
        } catch (IOException e) {
            return "";
        }
    }

    private record Loaded(String content, List<ProcessorFactory<?>> factories) {}
}
