package dev.sightline.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Metrics are named as Prometheus asks ("Metric and label naming") and as {@code promtool check metrics} does. */
class MetricNamesTest {
    private static final Pattern FAMILY =
            Pattern.compile("Family\\.(counter|gauge|histogram)\\(\\s*\"([^\"]*)\",\\s*\"([^\"]*)\"");

    /** Units that are not base units, and abbreviations. */
    private static final Pattern OTHER_UNIT = Pattern.compile(
            "(?:^|_)(?:ms|millis(?:econds)?|micros|nanos|minutes|hours|kb|mb|kilobytes|megabytes|bits|percent)(?:_|$)");

    private static final List<String> ENDS_OF_OTHERS = List.of("_total", "_count", "_sum", "_bucket");

    private static List<MatchResult> families() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> FAMILY.matcher(text(file)).results())
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void names_haveThePrefixOnce_baseUnits_andNoKindInThem() throws IOException {
        assertThat(families()).hasSizeGreaterThan(50).allSatisfy(family -> {
            String name = family.group(2);
            assertThat(name).matches("(?:sightline|process|jvm)(?:_[a-z]+)+").doesNotContainPattern(OTHER_UNIT);
            assertThat(ENDS_OF_OTHERS)
                    .as("%s: the library adds the end of its kind", name)
                    .noneMatch(name::endsWith);
            assertThat(name).doesNotContainPattern("_(?:counter|gauge|histogram|metric)(?:_|$)");
            assertThat(family.group(3)).as("what %s is", name).endsWith(".");
        });
        assertThat(families()).extracting(family -> family.group(2)).doesNotHaveDuplicates();
    }

    @Test
    void histograms_areOfSeconds_andUnitsStandLast() throws IOException {
        assertThat(families()).allSatisfy(family -> {
            String name = family.group(2);
            if (family.group(1).equals("histogram")) {
                assertThat(name).endsWith("_seconds");
            }
            assertThat(name).doesNotContainPattern("_(?:seconds|bytes|pixels)_");
        });
    }
}
