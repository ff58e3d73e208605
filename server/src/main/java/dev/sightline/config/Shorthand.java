package dev.sightline.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses the one-line notation for processors, {@code resize:width=400:height=300,faces:model=haar,clock}, into the nodes of
 * the same in YAML. A backslash escapes the next character: {@code text:text=12\:30}.
 */
public final class Shorthand {
    private Shorthand() {}

    /**
     * The steps of a configured pipeline, each a name, or a name with its parameters.
     *
     * @param process the shorthand as one scalar, or a list whose items are shorthand or {@code name: {parameters}}
     */
    public static List<Node> steps(Node process, Problems problems) {
        if (process instanceof Node.Scalar scalar) {
            return read(scalar.text(), scalar.place(), problems).items();
        }
        if (process instanceof Node.Sequence sequence) {
            List<Node> steps = new ArrayList<>();
            for (Node item : sequence.items()) {
                steps.addAll(item instanceof Node.Scalar ? steps(item, problems) : List.of(item));
            }
            return steps;
        }
        if (!(process instanceof Node.Empty || process instanceof Node.Faulty)) {
            problems.add(process.place(), "processors are a list: [resize: {width: 400}, clock]");
        }
        return List.of();
    }

    /** A list, each item a name or a name with its parameters. */
    public static Node.Sequence read(String text, Place place, Problems problems) {
        List<Node> steps = new ArrayList<>();
        for (String step : split(text, ',')) {
            if (step.isBlank()) {
                problems.add(place, "a name is missing in '" + text + "'");
            } else {
                steps.add(step(step.strip(), place, problems));
            }
        }
        return new Node.Sequence(steps, place);
    }

    private static Node step(String text, Place place, Problems problems) {
        List<String> parts = split(text, ':');
        String name = plain(parts.get(0));
        if (parts.size() == 1) {
            return new Node.Scalar(name, place);
        }
        Map<String, Node> parameters = new LinkedHashMap<>();
        for (String part : parts.subList(1, parts.size())) {
            List<String> pair = split(part, '=');
            if (pair.size() < 2 || pair.get(0).isBlank()) {
                problems.add(place, "'" + part + "' after '" + name + "' is not of the form parameter=value");
                continue;
            }
            String value = String.join("=", pair.subList(1, pair.size()));
            parameters.put(plain(pair.get(0)), new Node.Scalar(plain(value), place));
        }
        return new Node.Mapping(Map.of(name, new Node.Mapping(parameters, place)), place);
    }

    /** Splits at unescaped separators; backslashes stay. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == separator) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String plain(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }
}
