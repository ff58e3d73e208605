package dev.sightline.app;

import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The places of a configuration's text, for messages.
 *
 * @param root its text as nodes; empty if it came from code or the command line
 * @param folder the base of its relative paths
 * @param problems found so far
 */
record Written(Optional<Node> root, Path folder, Problems problems) {

    /** For a configuration made by code or the command line. */
    static Written inCode(Path folder) {
        return new Written(Optional.empty(), folder, new Problems());
    }

    /** The place of a key, or of the nearest written one above it. */
    Place place(String... keys) {
        return root.map(node -> node.below(keys).place()).orElse(Place.NOWHERE);
    }
}
