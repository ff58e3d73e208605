package dev.sightline.app;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Node;
import dev.sightline.config.Problems;
import dev.sightline.config.RecordBinder;
import dev.sightline.config.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a configuration file. */
final class ConfigFile {
    private ConfigFile() {}

    /**
     * The configuration that a file holds.
     *
     * @throws ConfigException if it cannot be read, or anything in it is wrong; all of it is told
     */
    static SightlineConfig read(Path file) {
        Problems problems = new Problems();
        Node node = YamlReader.read(text(file), file.toString(), problems);
        SightlineConfig config =
                new RecordBinder(problems).bind(node, SightlineConfig.class).orElse(null);
        problems.throwIfAny();
        if (config == null) {
            throw new ConfigException(file + ": this is no configuration");
        }
        return config;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException("there is no file " + file);
        } catch (IOException e) {
            throw new ConfigException(file + " cannot be read: " + e.getMessage());
        }
    }
}
