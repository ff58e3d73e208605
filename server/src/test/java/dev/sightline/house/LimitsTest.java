package dev.sightline.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of limits tell the truth: the keys, metrics and tests that they name exist. */
class LimitsTest {
    private static final Path ROOT = Path.of("..");
    private static final Path OPERATING = ROOT.resolve("docs/6-operating.md");
    private static final String HEAD = "| limit | default | key | metric | test |";
    private static final int CELLS = 5;
    private static final int KEY = 2;
    private static final int TEST = 4;

    private static final Pattern WORDS = Pattern.compile("`([^`]+)`");
    /** Others are options of Java or of the start script. */
    private static final Pattern KEY_NAME = Pattern.compile("(?:([a-z-]+): \\{)?([a-z][a-z-]*)}?");

    /** A class, or a method of one, of whose name the end may be left out. */
    private static final Pattern TEST_NAME = Pattern.compile("(\\w+)(?:\\.(\\w+)(…?))?");

    private static final Pattern METRIC = Pattern.compile("sightline_[a-z_]+…?");
    private static final Pattern FAMILY =
            Pattern.compile("Family\\.(counter|gauge|histogram)\\(\\s*\"(sightline_[a-z_]+)\"");

    @Test
    void tables_haveOneForm() throws IOException {
        assertThat(Files.readAllLines(OPERATING).stream().filter(line -> line.startsWith("| limit |")))
                .hasSize(5)
                .containsOnly(HEAD);
        assertThat(limits())
                .hasSizeGreaterThan(60)
                .allSatisfy(cells -> assertThat(cells).hasSize(CELLS));
    }

    @Test
    void keys_areThoseOfTheSampleConfiguration() throws IOException {
        String sample = Files.readString(ROOT.resolve("sightline.sample.yml"));
        assertThat(words(KEY).filter(word -> KEY_NAME.matcher(word).matches()))
                .hasSizeGreaterThan(5)
                .allSatisfy(word ->
                        assertThat(key(word).matcher(sample).find()).as(word).isTrue());
    }

    private static Pattern key(String word) {
        MatchResult name = KEY_NAME.matcher(word).results().findFirst().orElseThrow();
        String section = name.group(1) == null ? "" : "^" + name.group(1) + ":\\n(?:[ #].*\\n|\\n)*?";
        return Pattern.compile("(?m)" + section + "^ +" + name.group(2) + ":");
    }

    @Test
    void tests_areThere() throws IOException {
        Map<String, String> classes = new HashMap<>();
        for (Path file : sources(ROOT.resolve("server/src/test/java"))) {
            classes.merge(file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
        }
        assertThat(words(TEST)).hasSizeGreaterThan(60).allSatisfy(word -> {
            MatchResult name = TEST_NAME.matcher(word).results().findFirst().orElseThrow();
            assertThat(classes.containsKey(name.group(1))).as(word).isTrue();
            if (name.group(2) != null) {
                String rest = name.group(3).isEmpty() ? "\\(" : "\\w*\\(";
                Pattern method = Pattern.compile("void " + name.group(2) + rest);
                assertThat(method.matcher(classes.get(name.group(1))).find())
                        .as(word)
                        .isTrue();
            }
        });
    }

    @Test
    void metrics_areDefined() throws IOException {
        Set<String> defined = defined();
        for (Path document : sources(ROOT.resolve("docs"))) {
            assertThat(METRIC.matcher(Files.readString(document)).results().map(MatchResult::group))
                    .as("metrics in %s", document)
                    .allMatch(name -> name.endsWith("…")
                            ? defined.stream().anyMatch(each -> each.startsWith(name.replace("…", "")))
                            : defined.contains(name));
        }
    }

    /** As Prometheus reads them. */
    private static Set<String> defined() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : sources(ROOT.resolve("server/src/main/java"))) {
            FAMILY.matcher(Files.readString(file)).results().forEach(family -> {
                List<String> ends = switch (family.group(1)) {
                    case "counter" -> List.of("_total");
                    case "gauge" -> List.of("");
                    default -> List.of("_count", "_sum", "_bucket");
                };
                ends.forEach(end -> names.add(family.group(2) + end));
            });
        }
        return names;
    }

    private static List<Path> sources(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(java|md)"))
                    .toList();
        }
    }

    /** What stands in code's letters in a column of the tables. */
    private static Stream<String> words(int column) throws IOException {
        return limits().stream()
                .flatMap(cells -> WORDS.matcher(cells.get(column)).results())
                .map(word -> word.group(1));
    }

    /** The rows of all tables of limits, in their cells. */
    private static List<List<String>> limits() throws IOException {
        return Pattern.compile("(?m)^" + Pattern.quote(HEAD) + "\\n\\|[ |-]+\\n((?:\\|.*\\n)+)")
                .matcher(Files.readString(OPERATING))
                .results()
                .flatMap(table -> table.group(1).lines())
                .map(row -> Arrays.asList(row.substring(1, row.length() - 1).split("\\|", -1)))
                .toList();
    }
}
