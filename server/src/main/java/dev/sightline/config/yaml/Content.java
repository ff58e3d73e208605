package dev.sightline.config.yaml;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Node;
import dev.sightline.config.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a document says, wherever it is written: compared, and with values put in or taken out. */
final class Content {
    private static final int DEEPEST = 50;
    private static final Node NOTHING = new Node.Empty(Place.NOWHERE);

    private Content() {}

    /** Both say the same; the order of keys does not count. */
    static boolean same(Node one, Node other) {
        if (one == other) {
            return true;
        }
        if (one instanceof Node.Mapping mapping && other instanceof Node.Mapping second) {
            return mapping.entries().size() == second.entries().size()
                    && mapping.entries().entrySet().stream()
                            .allMatch(entry -> Optional.ofNullable(
                                            second.entries().get(entry.getKey()))
                                    .filter(value -> same(entry.getValue(), value))
                                    .isPresent());
        }
        if (one instanceof Node.Sequence sequence && other instanceof Node.Sequence second) {
            Iterator<Node> items = second.items().iterator();
            return sequence.items().size() == second.items().size()
                    && sequence.items().stream().allMatch(item -> same(item, items.next()));
        }
        return one instanceof Node.Scalar scalar && other instanceof Node.Scalar second
                ? scalar.text().equals(second.text())
                : one instanceof Node.Empty && other instanceof Node.Empty;
    }

    /**
     * The node with a value at the path below it.
     *
     * @throws ConfigException if something on the path has no keys or no such item, or if the value cannot be written
     */
    static Node with(Node node, List<String> path, Object value) {
        if (path.isEmpty()) {
            return node(value, node, 0);
        }
        String key = path.get(0);
        List<String> rest = path.subList(1, path.size());
        if (node instanceof Node.Sequence sequence) {
            return withItem(sequence, key, rest, value);
        }
        Map<String, Node> entries = entries(node, key);
        entries.put(key, with(entries.getOrDefault(key, NOTHING), rest, value));
        return new Node.Mapping(entries, node.place());
    }

    private static Node withItem(Node.Sequence sequence, String key, List<String> rest, Object value) {
        List<Node> items = new ArrayList<>(sequence.items());
        int index = key.matches("\\d{1,6}") ? Integer.parseInt(key) : -1;
        if (index < 0 || index > items.size()) {
            throw new ConfigException(sequence.place()
                    .before("this list takes the numbers 0 to " + items.size() + " for its items, not '" + key + "'"));
        }
        if (index == items.size()) {
            items.add(NOTHING);
        }
        items.set(index, with(items.get(index), rest, value));
        return new Node.Sequence(items, sequence.place());
    }

    private static Map<String, Node> entries(Node node, String key) {
        if (node instanceof Node.Mapping mapping) {
            return new LinkedHashMap<>(mapping.entries());
        }
        if (node instanceof Node.Empty) {
            return new LinkedHashMap<>();
        }
        throw YamlLines.refusal(node.place(), "this is one value, so '" + key + "' cannot be set below it");
    }

    /** The node without what is at the path below it; the same node if nothing is there. */
    static Node without(Node node, List<String> path) {
        String key = path.get(0);
        Node below = node.below(key);
        if (below == node) {
            return node;
        }
        boolean last = path.size() == 1;
        Optional<Node> left = last ? Optional.empty() : Optional.of(without(below, path.subList(1, path.size())));
        if (node instanceof Node.Sequence sequence) {
            List<Node> items = new ArrayList<>(sequence.items());
            int index = Integer.parseInt(key);
            left.ifPresentOrElse(item -> items.set(index, item), () -> items.remove(index));
            return new Node.Sequence(items, node.place());
        }
        Map<String, Node> entries = entries(node, key);
        left.ifPresentOrElse(value -> entries.put(key, value), () -> entries.remove(key));
        return new Node.Mapping(entries, node.place());
    }

    /** A value as a node; what is there now is kept where it means the same. */
    private static Node node(Object value, Node now, int depth) {
        if (depth > DEEPEST) {
            throw new ConfigException("a value is nested deeper than the " + DEEPEST + " levels of a configuration");
        }
        if (value instanceof Node written) {
            return same(now, written) ? now : written;
        }
        if (value instanceof Map<?, ?> map) {
            return mapping(map, now instanceof Node.Mapping mapping ? mapping.entries() : Map.of(), depth);
        }
        if (value instanceof List<?> list) {
            return sequence(list, now instanceof Node.Sequence sequence ? sequence.items() : List.of(), depth);
        }
        return now instanceof Node.Scalar scalar && means(scalar.text(), value)
                ? now
                : new Node.Scalar(text(value), Place.NOWHERE);
    }

    private static Node mapping(Map<?, ?> map, Map<String, Node> now, int depth) {
        Map<String, Node> entries = new LinkedHashMap<>();
        map.forEach((each, value) -> {
            String key = String.valueOf(each);
            entries.put(key, node(value, now.getOrDefault(key, NOTHING), depth + 1));
        });
        return new Node.Mapping(entries, Place.NOWHERE);
    }

    private static Node sequence(List<?> list, List<Node> now, int depth) {
        List<Node> items = new ArrayList<>();
        for (Object each : list) {
            items.add(node(each, items.size() < now.size() ? now.get(items.size()) : NOTHING, depth + 1));
        }
        return new Node.Sequence(items, Place.NOWHERE);
    }

    /** As the configuration reads it: yes and on are true, 1.50 is 1.5. */
    private static boolean means(String text, Object value) {
        try {
            return value instanceof Boolean truth
                    ? List.of(truth ? new String[] {"true", "yes", "on"} : new String[] {"false", "no", "off"})
                            .contains(text)
                    : value instanceof Number number
                            && text.length() < 40
                            && new BigDecimal(text).compareTo(new BigDecimal(number.toString())) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** As text in the configuration, where a reference to the environment is not meant. */
    private static String text(Object value) {
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof String || value instanceof Boolean) {
            return value.toString().replace("${", "$${");
        }
        throw new ConfigException("a value is text, a number, true, false, a list or a mapping");
    }

    private static String number(Number number) {
        try {
            BigDecimal exact = new BigDecimal(number.toString());
            boolean whole = exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0;
            return whole && exact.precision() - exact.scale() < 20
                    ? exact.toBigInteger().toString()
                    : exact.toString();
        } catch (NumberFormatException e) {
            throw new ConfigException(number + " is not a number that a configuration can have");
        }
    }
}
