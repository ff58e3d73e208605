package dev.sightline.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Node;
import dev.sightline.config.Problems;
import dev.sightline.config.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random changes to random documents, beside the same changes to plain maps and lists. */
class YamlEditorRandomTest {
    private static final int DOCUMENTS = 2_000;
    private static final int CHANGES = 3;

    private int refused;

    @Test
    void edit_randomDocuments_saysTheSameAsPlainMapsAndKeepsComments() {
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            Random random = new Random(seed);
            RandomYaml yaml = new RandomYaml(random);
            String text = yaml.text();
            YamlEditor editor = YamlEditor.of(text, "seed " + seed);
            assertThat(content(text)).as(text).isEqualTo(yaml.content());
            Map<String, List<String>> comments = new LinkedHashMap<>(yaml.comments());
            Object content = yaml.content();
            for (int i = 0; i < CHANGES; i++) {
                Change change = Change.random(random, content);
                try {
                    YamlEditor next = change.apply(editor);
                    content = change.apply(content);
                    check(seed, editor.text(), change, next.text(), content, comments);
                    editor = next;
                } catch (ConfigException e) {
                    assertThat(yaml.aliases())
                            .as("seed %s, %s refused: %s%n%s", seed, change, e.getMessage(), editor.text())
                            .isTrue();
                    refused++;
                }
            }
        }
        assertThat(refused).isBetween(1, DOCUMENTS / 10);
    }

    @Test
    void remove_ofWhatWasAdded_isTheTextBefore() {
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            Random random = new Random(seed);
            RandomYaml yaml = new RandomYaml(random);
            YamlEditor editor = YamlEditor.of(yaml.text(), "seed " + seed);
            List<String> path = Change.randomMapping(random, yaml.content());
            if (!yaml.aliases() && !yaml.content().isEmpty()) {
                path.add("new");
                assertThat(spaced(editor.set(path, RandomYaml.value(random, 0))
                                .remove(path)
                                .text()))
                        .as("seed %s, %s", seed, path)
                        .isEqualTo(spaced(editor.text()));
            }
        }
    }

    /** A space before a comma may go. */
    private static String spaced(String text) {
        return text.replace(" ,", ",");
    }

    private static void check(
            int seed, String before, Change change, String after, Object content, Map<String, List<String>> comments) {
        String description = "seed " + seed + ", " + change + "\n" + before + "\nbecame\n" + after;
        assertThat(content(after)).as(description).isEqualTo(content);
        comments.values().removeIf(path -> Change.starts(path, change.path()));
        assertThat(comments.keySet()).as(description).allMatch(after::contains);
        change.moved(comments);
        if (before.contains("\r\n") && !before.replace("\r\n", "").contains("\n")) {
            assertThat(after.replace("\r\n", "")).as(description).doesNotContain("\n", "\r");
        } else {
            assertThat(after).as(description).doesNotContain("\r");
        }
    }

    private static Object content(String text) {
        return plain(YamlReader.asWritten(text, "test.yml", new Problems()));
    }

    private static Object plain(Node node) {
        if (node instanceof Node.Mapping mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            mapping.entries().forEach((key, value) -> map.put(key, plain(value)));
            return map;
        }
        if (node instanceof Node.Sequence sequence) {
            return new ArrayList<>(
                    sequence.items().stream().map(YamlEditorRandomTest::plain).toList());
        }
        return node instanceof Node.Scalar scalar ? scalar.text() : RandomYaml.EMPTY;
    }

    /**
     * A change.
     *
     * @param value what is set; nothing is removed
     */
    record Change(List<String> path, boolean set, Object value) {

        static Change random(Random random, Object content) {
            List<String> path = new ArrayList<>();
            Object at = content;
            while (at instanceof Map<?, ?> || at instanceof List<?> || at == RandomYaml.EMPTY) {
                List<String> keys = keys(at);
                if (!path.isEmpty() && random.nextInt(3) == 0) {
                    break;
                }
                if (keys.isEmpty() || random.nextInt(5) == 0) {
                    path.add(at instanceof List<?> ? Integer.toString(keys.size()) : RandomYaml.key(random));
                    at = at instanceof List<?> ? "" : child(at, path.get(path.size() - 1));
                } else {
                    path.add(keys.get(random.nextInt(keys.size())));
                    at = child(at, path.get(path.size() - 1));
                }
            }
            boolean set = random.nextInt(3) > 0;
            Object value = random.nextBoolean() ? mutated(random, at) : RandomYaml.value(random, 0);
            return new Change(path, set, value);
        }

        /** The path of a mapping that has entries, unless it is the root. */
        static List<String> randomMapping(Random random, Object content) {
            List<String> path = new ArrayList<>();
            List<String> found = List.of();
            Object at = content;
            while (!keys(at).isEmpty()) {
                found = at instanceof Map<?, ?> ? List.copyOf(path) : found;
                path.add(keys(at).get(random.nextInt(keys(at).size())));
                at = child(at, path.get(path.size() - 1));
            }
            return new ArrayList<>(found);
        }

        private static List<String> keys(Object at) {
            List<String> keys = new ArrayList<>();
            if (at instanceof Map<?, ?> map) {
                map.keySet().forEach(key -> keys.add((String) key));
            } else if (at instanceof List<?> list) {
                list.forEach(item -> keys.add(Integer.toString(keys.size())));
            }
            return keys;
        }

        private static Object child(Object at, String key) {
            if (at instanceof Map<?, ?> map) {
                return map.containsKey(key) ? map.get(key) : "";
            }
            return at instanceof List<?> list ? list.get(Integer.parseInt(key)) : "";
        }

        /** The same with some things changed; nothing in it is empty. */
        private static Object mutated(Random random, Object value) {
            if (value == RandomYaml.EMPTY || random.nextInt(8) == 0) {
                return RandomYaml.value(random, 1);
            }
            if (value instanceof Map<?, ?> map) {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, each) -> copy.put((String) key, mutated(random, each)));
                copy.keySet().removeIf(key -> random.nextInt(6) == 0);
                if (random.nextInt(3) == 0) {
                    copy.put(RandomYaml.key(random), RandomYaml.value(random, 1));
                }
                return copy;
            }
            if (value instanceof List<?> list) {
                List<Object> copy = new ArrayList<>();
                list.forEach(each ->
                        copy.add(random.nextBoolean() && each instanceof String ? each : mutated(random, each)));
                if (random.nextInt(3) == 0) {
                    copy.add(random.nextInt(copy.size() + 1), RandomYaml.value(random, 1));
                } else if (!copy.isEmpty() && random.nextInt(3) == 0) {
                    copy.remove(random.nextInt(copy.size()));
                }
                return copy;
            }
            return value;
        }

        YamlEditor apply(YamlEditor editor) {
            return set ? editor.set(path, value) : editor.remove(path);
        }

        Object apply(Object content) {
            return applied(content, path);
        }

        private Object applied(Object content, List<String> rest) {
            if (rest.isEmpty()) {
                return value;
            }
            String key = rest.get(0);
            List<String> below = rest.subList(1, rest.size());
            boolean last = below.isEmpty();
            if (content instanceof List<?> list) {
                List<Object> copy = new ArrayList<>(list);
                int index = Integer.parseInt(key);
                if (set && index == copy.size()) {
                    copy.add(applied(RandomYaml.EMPTY, below));
                } else if (set || !last && index < copy.size()) {
                    copy.set(index, applied(copy.get(index), below));
                } else if (index < copy.size()) {
                    copy.remove(index);
                }
                return copy;
            }
            if (!(content instanceof Map<?, ?>) && !set) {
                return content;
            }
            Map<String, Object> copy = new LinkedHashMap<>();
            if (content instanceof Map<?, ?> map) {
                map.forEach((each, old) -> copy.put((String) each, old));
            }
            if (set || !last && copy.containsKey(key)) {
                copy.put(key, applied(copy.getOrDefault(key, RandomYaml.EMPTY), below));
            } else if (last) {
                copy.remove(key);
            }
            return copy;
        }

        /**
         * Items after a removed one have other numbers then, and a comment beside a dash belongs to the first key there once
         * the item has keys: such comments are not followed further.
         */
        void moved(Map<String, List<String>> comments) {
            List<String> list = path.subList(0, path.size() - 1);
            comments.values()
                    .removeIf(each -> !set && starts(each, list) && each.size() > list.size()
                            || set
                                    && starts(path, each)
                                    && each.get(each.size() - 1).matches("\\d+"));
        }

        static boolean starts(List<String> path, List<String> start) {
            return path.size() >= start.size() && path.subList(0, start.size()).equals(start);
        }
    }
}
