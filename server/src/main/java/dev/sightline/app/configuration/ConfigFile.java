package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.config.EncodedText;
import dev.sightline.config.Node;
import dev.sightline.config.Problems;
import dev.sightline.config.RecordBinder;
import dev.sightline.config.Values;
import dev.sightline.config.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A configuration file that was read.
 *
 * @param config its content, as far as it is valid
 * @param written the places of its content, with the problems so far
 * @param text the file's text
 * @param references the files that values were taken from
 */
public record ConfigFile(SightlineConfig config, Written written, String text, List<Path> references) {
    private static final List<String> NAMES = List.of("sightline.yml", "sightline.yaml");
    private static final long LARGEST = 1024 * 1024;
    private static final Duration SETTLED = Duration.ofMillis(200);

    /** The default file; empty if there is none. */
    public static Optional<Path> find(Path folder) {
        return NAMES.stream().map(folder::resolve).filter(Files::exists).findFirst();
    }

    /**
     * Reads a file, with variables of the environment filled in.
     *
     * @throws ConfigException if it is unusable; all other problems found are in it too
     */
    public static ConfigFile read(Path file) {
        return read(file, ConfigFile::environment);
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name));
    }

    /** Reads a file, with variables of another environment filled in. */
    public static ConfigFile read(Path file, Function<String, Optional<String>> environment) {
        Path parent = file.toAbsolutePath().getParent();
        Path folder = parent == null ? Path.of("") : parent;
        return of(file, EncodedText.decode(bytes(file), file.toString()), folder, environment);
    }

    /** A file that would have another text. */
    ConfigFile with(Path file, String other) {
        return of(file, other, written.folder(), ConfigFile::environment);
    }

    private static ConfigFile of(Path file, String text, Path folder, Function<String, Optional<String>> environment) {
        Problems problems = new Problems();
        Values values = new Values(environment, folder);
        Node root = YamlReader.read(text, file.toString(), problems, values);
        Written written = Written.of(Document.of(root), folder, problems);
        Optional<SightlineConfig> config =
                new RecordBinder(problems, folder).bind(written.effective(), SightlineConfig.class);
        if (config.isEmpty()) {
            problems.throwIfAny();
        }
        return new ConfigFile(
                config.orElseThrow(() -> new ConfigException(file + ": this is not a configuration")),
                written,
                text,
                values.files());
    }

    private static byte[] bytes(Path file) {
        if (file.toString().isEmpty()) {
            throw new ConfigException("the configuration's file name is empty");
        }
        if (Files.isDirectory(file)) {
            throw new ConfigException(file + " is a folder; name the file in it"
                    + find(file).map(found -> ": " + found).orElse(""));
        }
        if (!Files.exists(file)) {
            throw new ConfigException("there is no file " + file);
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new ConfigException(file + " is larger than 1 MB: that is not a configuration");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ConfigException(file + " cannot be read: check its permissions");
        }
    }

    /** The first half of a file can be valid, and lack streams: only what stays for a while removes them. */
    static boolean isSettled(Path file, String text) {
        try {
            Thread.sleep(SETTLED.toMillis());
            return read(file).text().equals(text); // if not, the watch tells of the rest
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
