package dev.sightline.app;

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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A configuration file that was read.
 *
 * @param config its content, as far as it is valid
 * @param written the places of its content, with the problems so far
 */
record ConfigFile(SightlineConfig config, Written written) {
    private static final List<String> NAMES = List.of("sightline.yml", "sightline.yaml");
    private static final long LARGEST = 1024 * 1024;

    /** The default file; empty if there is none. */
    static Optional<Path> find(Path folder) {
        return NAMES.stream().map(folder::resolve).filter(Files::exists).findFirst();
    }

    /**
     * Reads a file, with variables of the environment filled in.
     *
     * @throws ConfigException if it is unusable; all other problems found are in it too
     */
    static ConfigFile read(Path file) {
        return read(file, name -> Optional.ofNullable(System.getenv(name)));
    }

    static ConfigFile read(Path file, Function<String, Optional<String>> environment) {
        Path parent = file.toAbsolutePath().getParent();
        Path folder = parent == null ? Path.of("") : parent;
        Problems problems = new Problems();
        String text = EncodedText.decode(bytes(file), file.toString());
        Node root = YamlReader.read(text, file.toString(), problems, new Values(environment, folder));
        Optional<SightlineConfig> config = new RecordBinder(problems, folder).bind(root, SightlineConfig.class);
        if (config.isEmpty()) {
            problems.throwIfAny();
        }
        return new ConfigFile(
                config.orElseThrow(() -> new ConfigException(file + ": this is not a configuration")),
                new Written(Optional.of(root), folder, problems));
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
}
