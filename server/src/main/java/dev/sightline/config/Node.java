package dev.sightline.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A piece of configuration as written, with its place, from any notation. */
public sealed interface Node {

    /** Where it is written. */
    Place place();

    /** The node below, following the keys as far as they exist; numbers count the items of lists. */
    default Node below(String... keys) {
        Node node = this;
        for (String key : keys) {
            Optional<Node> next = Optional.empty();
            if (node instanceof Mapping mapping) {
                next = Optional.ofNullable(mapping.entries().get(key));
            } else if (node instanceof Sequence sequence && key.matches("\\d{1,6}")) {
                next = sequence.items().stream().skip(Integer.parseInt(key)).findFirst();
            }
            if (next.isEmpty()) {
                return node;
            }
            node = next.get();
        }
        return node;
    }

    /**
     * One word or number, as text.
     *
     * @param shown the text as it may be shown: with a reference in the place of each value that came from elsewhere
     */
    record Scalar(String text, Place place, String shown) implements Node {

        /** A text that may be shown. */
        public Scalar(String text, Place place) {
            this(text, place, text);
        }
    }

    /** A list. */
    record Sequence(List<Node> items, Place place) implements Node {

        public Sequence {
            items = List.copyOf(items);
        }
    }

    /**
     * Keys and values in order; each key occurs once.
     *
     * @param keys where each key is written, as far as known
     */
    record Mapping(Map<String, Node> entries, Map<String, Place> keys, Place place) implements Node {

        /** Copies the maps, keeping their order. */
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            keys = Map.copyOf(keys);
        }

        /** A mapping that was not written as one. */
        public Mapping(Map<String, Node> entries, Place place) {
            this(entries, Map.of(), place);
        }

        /** Where a key is written. */
        Place placeOf(String key) {
            return keys.getOrDefault(key, place);
        }
    }

    /** A key without a value. */
    record Empty(Place place) implements Node {}

    /** Its value could not be determined, which was reported already: no further problems are reported. */
    record Faulty(Place place) implements Node {}
}
