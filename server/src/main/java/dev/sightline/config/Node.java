package dev.sightline.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of configuration as it was written, with its place; whatever the notation it came from. */
public sealed interface Node {

    /** Where it is written. */
    Place place();

    /** One word or number, as text. */
    record Scalar(String text, Place place) implements Node {}

    /** A list. */
    record Sequence(List<Node> items, Place place) implements Node {

        /** Copies the list. */
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Keys and values in order; each key stands once. */
    record Mapping(Map<String, Node> entries, Place place) implements Node {

        /** Copies the map, keeping its order. */
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /** A key without a value. */
    record Empty(Place place) implements Node {}
}
