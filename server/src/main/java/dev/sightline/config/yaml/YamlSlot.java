package dev.sightline.config.yaml;

import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.config.yaml.Written.Part;
import dev.sightline.config.yaml.Written.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A value in its surroundings.
 *
 * @param from where the value may begin, after a colon or a dash; -1 if there is no such place
 * @param column where the key or the dash is on its line
 */
record YamlSlot(Kind kind, int from, int column, Written value) {

    /** What surrounds the value. */
    enum Kind {
        ROOT,
        /** A key on a line of its own. */
        KEY,
        /** A dash. */
        ITEM,
        /** Brackets or braces. */
        FLOW
    }

    static YamlSlot of(Written collection, Part part, YamlLines lines) {
        Kind kind = !collection.block() ? Kind.FLOW : collection.shape() == Shape.BLOCK_SEQUENCE ? Kind.ITEM : Kind.KEY;
        return new YamlSlot(kind, part.from(), lines.column(part.start()), part.value());
    }

    /** How many entries or items a collection has. */
    static int size(Node node) {
        return node instanceof Node.Mapping mapping
                ? mapping.entries().size()
                : node instanceof Node.Sequence sequence ? sequence.items().size() : 0;
    }

    /**
     * What becomes of a part of a collection.
     *
     * @param wanted its value then; empty if it is removed
     */
    record Fate(Part part, Node now, Optional<Node> wanted) {

        static Fate kept(Part part) {
            Node any = new Node.Empty(Place.NOWHERE);
            return new Fate(part, any, Optional.of(any));
        }

        boolean removed() {
            return wanted.isEmpty();
        }

        /** The index of the last one before this place that stays; there is one. */
        static int lastKept(List<Fate> fates, int place) {
            int last = place - 1;
            while (fates.get(last).removed()) {
                last--;
            }
            return last;
        }
    }
}
