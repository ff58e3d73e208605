package dev.sightline.app.configuration;

import dev.sightline.config.Node;
import dev.sightline.config.Nodes;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.config.RecordWriter;
import java.nio.file.Path;

/**
 * A configuration's text with its places, for messages.
 *
 * @param document what is written
 * @param effective all of it as one text would say it
 * @param folder the base of its relative paths
 * @param problems found so far
 */
public record Written(Document document, Node effective, Path folder, Problems problems) {

    static Written of(Document document, Path folder, Problems problems) {
        return new Written(document, document.effective(), folder, problems);
    }

    /** For a configuration made by code or the command line: its places are nowhere. */
    public static Written inCode(SightlineConfig config, Path folder) {
        return inCode(config, folder, new Problems());
    }

    /** The same, with the problems so far and what must not be shown. */
    public static Written inCode(SightlineConfig config, Path folder, Problems problems) {
        Node root = Nodes.of(RecordWriter.changed(config), Place.NOWHERE);
        return of(Document.of(root), folder, problems);
    }

    /** The place of a key, or of the nearest written one above it. */
    public Place place(String... keys) {
        return effective.below(keys).place();
    }
}
