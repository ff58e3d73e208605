package dev.sightline.app;

import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a configuration was written, for what is said about it.
 *
 * @param root its text as nodes; empty where it came from code or the command line
 * @param folder what relative paths in it are relative to
 * @param problems what was found so far
 */
record Written(Optional<Node> root, Path folder, Problems problems) {

    /** A configuration that was made by code or the command line. */
    static Written inCode(Path folder) {
        return new Written(Optional.empty(), folder, new Problems());
    }

    /** The place of a key, or of the nearest one above it that is written. */
    Place place(String... keys) {
        return root.map(node -> node.below(keys).place()).orElse(Place.NOWHERE);
    }
}
