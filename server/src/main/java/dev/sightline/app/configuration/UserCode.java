package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.pipeline.ProcessorCatalog;
import dev.sightline.processor.ProcessorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The processors of the user's own files, loaded once for each content: a file that was not changed gives the same factories
 * again, so that the steps made by them go on. What is not in force any more is forgotten, and freed with its last step. Used by
 * one thread at a time.
 */
public final class UserCode {
    private final ProcessorCatalog builtIn = ProcessorCatalog.builtIn();
    private Map<Path, Loaded> inForce = Map.of();
    /** Those of the look before this one, which may have been refused for another reason. */
    private Map<Path, Loaded> before = Map.of();

    private Map<Path, Loaded> seen = new HashMap<>();
    private boolean anew = true;

    public UserCode() {}

    /** The processors that need no file. */
    ProcessorCatalog builtIn() {
        return builtIn;
    }

    /**
     * Another configuration is judged.
     *
     * @param anew whether with what the files say now; if not, with what is in force as far as it is, so that a file that is
     *     broken or half written is no concern of a change that does not mean it
     */
    void look(boolean anew) {
        this.anew = anew;
        before = seen;
        seen = new HashMap<>();
    }

    /** What was loaded since the last {@link #look} is in force. */
    void use() {
        inForce = seen;
        before = Map.of(); // or it would hold the version before until the next change
    }

    /** Identifies what was loaded since the last {@link #look}. */
    Set<String> contents() {
        return seen.values().stream().map(Loaded::content).collect(Collectors.toSet());
    }

    /**
     * The factories in a file.
     *
     * @param folder the base of its name if relative
     * @param preparation runs its code
     * @throws ConfigException if the file is missing, cannot be compiled, contains no processor, or one that cannot be made
     */
    List<ProcessorFactory<?>> load(String name, Path folder, Preparation preparation) {
        Path file = file(name, folder);
        Loaded loaded = loaded(file, preparation);
        seen.put(file, loaded);
        return loaded.factories();
    }

    private Loaded loaded(Path file, Preparation preparation) {
        Loaded present = inForce.get(file);
        if (present != null && !anew) {
            return present;
        }
        String content = content(file);
        for (Map<Path, Loaded> known : List.of(inForce, before, seen)) {
            Loaded other = known.get(file);
            if (other != null && other.content().equals(content)) {
                return other;
            }
        }
        return new Loaded(content, UserProcessors.load(file, content, preparation));
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
