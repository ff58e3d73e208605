package dev.sightline.config.yaml;

import dev.sightline.config.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes nodes as YAML.
 *
 * @param mappingStep how many spaces further than their key the keys below it are indented
 * @param sequenceStep how many spaces further than their key the dashes below it are indented
 */
record YamlWriter(int mappingStep, int sequenceStep) {
    private static final int LONGEST_LIST = 80;
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");

    // What may not be plain: indicators at the start, a colon or number sign where YAML sees one, blanks at the ends.
    private static final Pattern QUOTED = Pattern.compile(
            "[\\s,\\[\\]{}#&*!|>'\"%@`:?].*|-(\\s.*|--.*)?|\\.\\.\\..*|<<|.*:(\\s.*)?|.*\\s#.*|.*\\s", Pattern.DOTALL);
    private static final Pattern QUOTED_IN_FLOW = Pattern.compile(".*[,\\[\\]{}].*", Pattern.DOTALL);

    /** The node on one line where that reads well: a scalar, an empty collection, or a short list of scalars. */
    Optional<String> line(Node node) {
        if (node instanceof Node.Sequence list && list.items().stream().allMatch(Node.Scalar.class::isInstance)) {
            return Optional.of(flow(list))
                    .filter(text ->
                            text.length() <= LONGEST_LIST || list.items().isEmpty());
        }
        if (node instanceof Node.Scalar scalar) {
            return Optional.of(scalar(scalar.text(), false));
        }
        boolean block = node instanceof Node.Sequence
                || node instanceof Node.Mapping mapping && !mapping.entries().isEmpty();
        return block ? Optional.empty() : Optional.of(flow(node));
    }

    /** The entries or items of a collection, each on lines of its own, indented this far. */
    List<String> lines(Node node, int indent) {
        List<String> lines = new ArrayList<>();
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach((key, value) -> entry(key, value, indent, lines));
        } else if (node instanceof Node.Sequence sequence) {
            sequence.items().forEach(item -> item(item, indent, lines));
        }
        return lines;
    }

    private void entry(String key, Node value, int indent, List<String> lines) {
        String start = " ".repeat(indent) + scalar(key, false) + ":";
        line(value).ifPresentOrElse(line -> lines.add(start + " " + line), () -> {
            lines.add(start);
            lines.addAll(lines(value, indent + step(value)));
        });
    }

    private void item(Node item, int indent, List<String> lines) {
        String start = " ".repeat(indent) + "- ";
        line(item).ifPresentOrElse(line -> lines.add(start + line), () -> {
            List<String> below = lines(item, start.length());
            lines.add(start + below.get(0).substring(start.length()));
            lines.addAll(below.subList(1, below.size()));
        });
    }

    /** How much further than its key a collection on lines of its own is indented. */
    int step(Node collection) {
        return collection instanceof Node.Mapping ? mappingStep : sequenceStep;
    }

    /** The node in brackets or braces. */
    static String flow(Node node) {
        if (node instanceof Node.Mapping) {
            return "{" + inside(node) + "}";
        }
        if (node instanceof Node.Sequence) {
            return "[" + inside(node) + "]";
        }
        return node instanceof Node.Scalar scalar ? scalar(scalar.text(), true) : "null";
    }

    /** The entries or items of a collection, between commas. */
    static String inside(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return mapping.entries().entrySet().stream()
                    .map(entry -> scalar(entry.getKey(), true) + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
        return node instanceof Node.Sequence sequence
                ? sequence.items().stream().map(YamlWriter::flow).collect(Collectors.joining(", "))
                : "";
    }

    private static String scalar(String text, boolean flow) {
        if (text.codePoints().anyMatch(YamlWriter::needsEscape)) {
            return text.codePoints().mapToObj(YamlWriter::escaped).collect(Collectors.joining("", "\"", "\""));
        }
        boolean quoted = NULL.matcher(text).matches()
                || QUOTED.matcher(text).matches()
                || flow && QUOTED_IN_FLOW.matcher(text).matches();
        return quoted ? "'" + text.replace("'", "''") + "'" : text;
    }

    private static boolean needsEscape(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String escaped(int letter) {
        return switch (letter) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                !needsEscape(letter)
                        ? Character.toString(letter)
                        : String.format(letter > 0xffff ? "\\U%08x" : "\\u%04x", letter);
        };
    }
}
