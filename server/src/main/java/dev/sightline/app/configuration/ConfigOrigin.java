package dev.sightline.app.configuration;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where a configuration comes from.
 *
 * @param file the file; empty for the command line and for code
 * @param flags what the command line sets over the file
 */
public record ConfigOrigin(Optional<Path> file, UnaryOperator<SightlineConfig> flags) {

    /** Code, or the command line without a file. */
    public static ConfigOrigin noFile() {
        return new ConfigOrigin(Optional.empty(), UnaryOperator.identity());
    }
}
