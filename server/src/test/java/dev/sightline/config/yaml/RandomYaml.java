package dev.sightline.config.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Writes a random document in random notation: what it says, and which comment belongs to which path. */
final class RandomYaml {
    static final Optional<Object> EMPTY = Optional.empty();

    private static final List<String> WORDS = List.of(
            "x",
            "80",
            "publish:",
            "a b",
            "it's",
            "a #b",
            "",
            "null",
            "- x",
            "-5",
            "é😀",
            "a: b",
            "[x",
            "{}",
            "x, y",
            "*a",
            "line\nbreak",
            "tab\t",
            "\"q\"",
            "rtsp://u:p@h:5/1",
            "#",
            "true",
            "$",
            "a]",
            "---",
            "?",
            "\u0085",
            "\\n",
            "%d",
            ":x",
            "<<",
            "x:",
            "trailing ",
            " leading",
            "@x",
            "`x`",
            "|",
            ">",
            "!x",
            "&x",
            "~",
            "'",
            "ends'",
            "a:\tb",
            "\ufeff");

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, List<String>> comments = new LinkedHashMap<>();
    private final boolean aliases;
    private final Map<String, Object> content;

    RandomYaml(Random random) {
        this.random = random;
        this.aliases = random.nextInt(10) == 0;
        if (random.nextInt(8) == 0) {
            text.append("---\n");
        }
        List<String> root = List.of();
        content = new LinkedHashMap<>();
        if (aliases) {
            text.append("x-base: &base {p: 1, q: [2]}\n");
            content.put("x-base", base());
        }
        entries(content, 0, root, "", random.nextInt(5));
        if (random.nextInt(4) == 0) {
            text.append("\n# the end\n");
        }
    }

    boolean aliases() {
        return aliases;
    }

    Map<String, Object> content() {
        return content;
    }

    Map<String, List<String>> comments() {
        return comments;
    }

    /** The document, now and then with other line ends, a byte order mark, or no line break at its end. */
    String text() {
        String written = random.nextInt(6) == 0 && text.length() > 0 && text.lastIndexOf("more\n") < text.length() - 6
                ? text.substring(0, text.length() - 1)
                : text.toString();
        return (random.nextInt(10) == 0 ? "\ufeff" : "")
                + (random.nextInt(4) == 0 ? written.replace("\n", "\r\n") : written);
    }

    /** A value in plain Java. */
    static Object value(Random random, int depth) {
        int kind = random.nextInt(depth > 2 ? 2 : 4);
        if (kind == 2) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                map.put(key(random), value(random, depth + 1));
            }
            return map;
        }
        if (kind == 3) {
            List<Object> list = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                list.add(value(random, depth + 1));
            }
            return list;
        }
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    static String key(Random random) {
        return random.nextInt(12) == 0 ? "odd: " + random.nextInt(3) : "k" + random.nextInt(9);
    }

    private static Map<String, Object> base() {
        Map<String, Object> base = new LinkedHashMap<>();
        base.put("p", "1");
        base.put("q", new ArrayList<>(List.of("2")));
        return base;
    }

    private void entries(Map<String, Object> map, int indent, List<String> path, String first, int count) {
        String start = first;
        for (int i = 0; i < count; i++) {
            String key = key(random);
            if (map.containsKey(key)) {
                continue;
            }
            List<String> below = below(path, key);
            if (start.isEmpty()) {
                above(indent, below);
                text.append(" ".repeat(indent));
            }
            start = "";
            text.append(scalar(key, false, true)).append(':');
            map.put(key, blockValue(indent, below, false));
        }
        if (random.nextInt(6) == 0 && first.isEmpty() && !map.isEmpty()) {
            text.append(" ".repeat(indent)).append("# tail\n");
        }
    }

    private List<Object> items(int indent, List<String> path, String first) {
        List<Object> list = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            List<String> below = below(path, Integer.toString(i));
            if (i > 0 || first.isEmpty()) {
                above(indent, below);
                text.append(" ".repeat(indent));
            }
            text.append('-');
            list.add(blockValue(indent, below, true));
        }
        return list;
    }

    /** After a colon or a dash. */
    private Object blockValue(int indent, List<String> path, boolean dash) {
        int kind = random.nextInt(path.size() > 4 ? 5 : 9);
        if (kind == 0) {
            end(path);
            return EMPTY;
        }
        if (kind == 1) {
            return literal(indent);
        }
        if (kind == 2 && aliases) {
            text.append(" *base");
            end(path);
            return base();
        }
        if (kind < 5) {
            Object word = WORDS.get(random.nextInt(WORDS.size()));
            text.append(random.nextInt(9) == 0 ? "\n" + " ".repeat(indent + 1) : " ")
                    .append(scalar(word, false, false));
            end(path);
            return word;
        }
        if (kind == 5) {
            text.append(' ');
            Object value = flow(indent + 1, path, random.nextInt(3) == 0, 0);
            end(path);
            return value;
        }
        return dash && random.nextBoolean() ? beside(indent, path) : onLines(indent, path, dash);
    }

    private Object onLines(int indent, List<String> path, boolean dash) {
        end(path);
        int further = indent + 1 + random.nextInt(4);
        if (random.nextInt(3) == 0) {
            return items(dash || random.nextBoolean() ? further : indent, path, "");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        if (aliases && random.nextInt(3) == 0) {
            text.append(" ".repeat(further)).append("<<: *base\n");
            map.putAll(base());
        }
        entries(map, further, path, "", 1 + random.nextInt(3));
        return map;
    }

    private Object beside(int indent, List<String> path) {
        int gap = 1 + random.nextInt(3);
        text.append(" ".repeat(gap));
        if (random.nextInt(3) == 0) {
            return items(indent + 1 + gap, path, "-");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        entries(map, indent + 1 + gap, path, "-", 1 + random.nextInt(3));
        return map;
    }

    private Object literal(int indent) {
        boolean keeps = random.nextInt(3) == 0;
        String start = "\n" + " ".repeat(indent + 2);
        text.append(keeps ? " |+" : " |")
                .append(start)
                .append("# text")
                .append(start)
                .append("more\n");
        boolean blank = random.nextBoolean();
        text.append(blank ? "\n" : "").append(keeps ? " ".repeat(indent) + "# after the text\n\n" : "");
        return "# text\nmore\n" + (keeps && blank ? "\n" : "");
    }

    private Object flow(int indent, List<String> path, boolean onLines, int depth) {
        int kind = random.nextInt(depth > 2 ? 1 : 3);
        if (kind == 0 && depth > 0) {
            Object word = WORDS.get(random.nextInt(WORDS.size()));
            text.append(scalar(word, true, false));
            return word;
        }
        boolean mapping = kind == 1;
        Map<String, Object> map = new LinkedHashMap<>();
        int count = random.nextInt(4);
        String start = onLines ? "\n" + " ".repeat(indent) : "";
        text.append(mapping ? "{" : "[");
        for (int i = 0; i < count; i++) {
            String key = mapping ? "f" + i : Integer.toString(i);
            text.append(start).append(mapping ? key + ": " : "");
            map.put(key, flow(indent, below(path, key), onLines && random.nextBoolean(), depth + 1));
            boolean comma = i < count - 1 || random.nextInt(5) == 0;
            text.append(comma ? random.nextInt(5) == 0 ? " , " : ", " : "");
            if (onLines && random.nextInt(3) > 0) {
                text.append(' ').append(comment(below(path, key)));
                text.append(i == count - 1 ? "" : start.isEmpty() ? "\n" : "");
            }
        }
        text.append(onLines ? "\n" + " ".repeat(indent) : "").append(mapping ? "}" : "]");
        return mapping ? map : new ArrayList<>(map.values());
    }

    private void above(int indent, List<String> path) {
        int kind = random.nextInt(8);
        if (kind < 2) {
            text.append(kind == 0 ? "\n" : "")
                    .append(" ".repeat(indent))
                    .append(comment(path))
                    .append('\n');
        } else if (kind == 2) {
            text.append('\n');
        }
    }

    private void end(List<String> path) {
        text.append(random.nextInt(3) == 0 ? " " + comment(path) : "").append('\n');
    }

    private String comment(List<String> path) {
        String comment = "# c" + comments.size() + ".";
        comments.put(comment, path);
        return comment;
    }

    private String scalar(Object word, boolean flow, boolean key) {
        String value = (String) word;
        boolean plain = value.matches("[a-z0-9é😀]+") && !value.equals("null");
        if (plain && random.nextInt(4) > 0) {
            return value;
        }
        boolean single = !value.matches("(?s).*[\n\t\u0085\ufeff].*");
        if (single && random.nextInt(3) > 0) {
            return "'" + value.replace("'", "''") + "'";
        }
        return "\""
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                        .replace("\u0085", "\\N")
                        .replace("\ufeff", "\\uFEFF")
                + "\"";
    }

    static List<String> below(List<String> path, String key) {
        List<String> below = new ArrayList<>(path);
        below.add(key);
        return below;
    }
}
