package dev.sightline.config.yaml;

import java.util.List;
import java.util.Optional;

/**
 * Where a value is written: positions in the text, which count characters.
 *
 * @param start its first character; that of its anchor or tag if it has one
 * @param open its first character without anchor and tag, for collections
 * @param end after its last character; comments and blank lines after it are not included
 * @param shared whether an alias elsewhere stands for it too
 * @param parts of a collection
 */
record Written(Shape shape, int start, int open, int end, boolean shared, List<Part> parts) {

    /** How a value is written. */
    enum Shape {
        /** Not at all. */
        EMPTY,
        /** Plain, in quotes or as an alias. */
        SCALAR,
        /** After | or >. */
        BLOCK_SCALAR,
        /** Keys on lines of their own. */
        BLOCK_MAPPING,
        /** Items after dashes. */
        BLOCK_SEQUENCE,
        /** In brackets or braces. */
        FLOW,
        /** One key and its value as the item of a list in brackets, without braces. */
        PAIR
    }

    Written {
        parts = List.copyOf(parts);
    }

    boolean collection() {
        return block() || shape == Shape.FLOW || shape == Shape.PAIR;
    }

    boolean block() {
        return shape == Shape.BLOCK_MAPPING || shape == Shape.BLOCK_SEQUENCE;
    }

    boolean empty() {
        return shape == Shape.EMPTY;
    }

    /** A collection that has an anchor or a tag. */
    boolean decorated() {
        return open > start;
    }

    /** The first value here, or this one itself, for which an alias elsewhere stands too. */
    Optional<Written> firstShared() {
        return shared
                ? Optional.of(this)
                : parts.stream()
                        .flatMap(part -> part.value().firstShared().stream())
                        .findFirst();
    }

    /**
     * An entry of a mapping or an item of a list.
     *
     * @param start its key, its dash, or its value in brackets
     * @param from where its value may begin, after the colon or the dash; -1 if there is no such place
     * @param end after its value
     * @param comma the next comma at or after the end, which may belong to something around it
     * @param merge whether its key is {@code <<}
     */
    record Part(int start, int from, int end, int comma, boolean merge, Written value) {}
}
