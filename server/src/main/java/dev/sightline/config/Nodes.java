package dev.sightline.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts between nodes and JSON-like values: maps from String, lists, text, numbers, truth values and null. */
public final class Nodes {
    /** Whole numbers above it may not be exact in a double. */
    private static final double LARGEST_EXACT = (1L << 53) - 1;

    // Values so far.
    private int count;

    private Nodes() {}

    /**
     * The nodes of a JSON-like value; null becomes an empty node.
     *
     * @param place of the value; if it is a {@linkplain Place#member member of a JSON body}, each value below has its own
     * @throws ConfigException if there are more values or levels than a configuration may have
     * @throws IllegalArgumentException if a value is of another type
     */
    public static Node of(@Nullable Object json, Place place) {
        return new Nodes().node(json, place, 0);
    }

    /** The JSON-like value of a node: numbers and truth values are text, as in the node; null if it has no value. */
    public static @Nullable Object plain(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text();
        }
        if (node instanceof Node.Sequence sequence) {
            List<@Nullable Object> items = new ArrayList<>();
            sequence.items().forEach(item -> items.add(plain(item)));
            return items;
        }
        if (node instanceof Node.Mapping mapping) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            mapping.entries().forEach((key, value) -> members.put(key, plain(value)));
            return members;
        }
        return null;
    }

    /** A number without the fraction that JSON writes for a whole one: 1, not 1.0. */
    public static Number plain(Number number) {
        double value = number.doubleValue();
        boolean whole = value == Math.rint(value) && Math.abs(value) <= LARGEST_EXACT;
        return whole && !(number instanceof Integer) ? (Number) (long) value : number;
    }

    private Node node(@Nullable Object json, Place place, int depth) {
        if (depth > YamlComposer.DEEPEST || ++count > YamlComposer.MOST_NODES) {
            throw new ConfigException(
                    place.before("more is nested or listed here than any configuration needs (at most "
                            + YamlComposer.DEEPEST + " levels and " + YamlComposer.MOST_NODES + " values)"));
        }
        if (json == null) {
            return new Node.Empty(place);
        }
        if (json instanceof Map<?, ?> members) {
            return mapping(members, place, depth);
        }
        if (json instanceof List<?> items) {
            return sequence(items, place, depth);
        }
        if (json instanceof Number number) {
            return new Node.Scalar(plain(number).toString(), place);
        }
        if (json instanceof String || json instanceof Boolean) {
            return new Node.Scalar(json.toString(), place);
        }
        throw new IllegalArgumentException("no JSON has a value of " + json.getClass());
    }

    private Node mapping(Map<?, ?> members, Place place, int depth) {
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, Place> keys = new LinkedHashMap<>();
        members.forEach((key, value) -> {
            String name = String.valueOf(key);
            keys.put(name, place.below(name));
            entries.put(name, node(value, place.below(name), depth + 1));
        });
        return new Node.Mapping(entries, keys, place);
    }

    private Node sequence(List<?> items, Place place, int depth) {
        List<Node> nodes = new ArrayList<>();
        for (Object item : items) {
            nodes.add(node(item, place.below(Integer.toString(nodes.size())), depth + 1));
        }
        return new Node.Sequence(nodes, place);
    }
}
