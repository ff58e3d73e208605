package dev.sightline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.processor.Parameter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordBinderTest {
    enum Colour {
        GREEN,
        DARK_RED
    }

    record Inner(
            @Parameter(value = "A width.", byDefault = "640", min = 1, max = 8192)
            int width) {
        Inner {
            if (width == 13) {
                throw new IllegalArgumentException("13 is unlucky");
            }
        }
    }

    record Outer(
            @Parameter("Must be given.") String name,

            @Parameter(value = "A time.", byDefault = "500ms")
            Duration timeOut,

            @Parameter(value = "A colour.", byDefault = "green")
            Colour colour,

            @Parameter("May be left out.") Optional<Double> scaleFactor,
            @Parameter("Several.") List<Integer> sizes,
            @Parameter("More.") Inner inner,
            @Parameter("By name.") Map<String, Inner> byName) {}

    private final Problems problems = new Problems();

    @Test
    void bind_everythingGiven_isTakenOver() {
        Outer outer = bind("""
                name: cam
                time-out: 2s
                colour: dark-red
                scale-factor: 1.1
                sizes: [1, 2]
                inner: {width: 320}
                by-name: {a: {width: 1}, b: {}}
                """).orElseThrow();

        assertThat(problems.found()).isEmpty();
        assertThat(outer)
                .isEqualTo(new Outer(
                        "cam",
                        Duration.ofSeconds(2),
                        Colour.DARK_RED,
                        Optional.of(1.1),
                        List.of(1, 2),
                        new Inner(320),
                        Map.of("a", new Inner(1), "b", new Inner(640))));
    }

    @Test
    void bind_nothingButTheNecessary_takesDefaults() {
        assertThat(bind("name: cam"))
                .contains(new Outer(
                        "cam",
                        Duration.ofMillis(500),
                        Colour.GREEN,
                        Optional.empty(),
                        List.of(),
                        new Inner(640),
                        Map.of()));
    }

    @Test
    void bind_manyThingsWrong_tellsAllOfThemWithTheirPlaces() {
        Optional<Outer> bound = bind("""
                nam: cam
                time-out: soon
                colour: gren
                inner:
                  width: 9000
                by-name:
                  a: {width: 1.5}
                  b: {width: 13}
                """);

        assertThat(bound).isEmpty();
        assertThat(problems.found())
                .containsExactlyInAnyOrder(
                        "test.yml:1:1: unknown key 'nam', did you mean 'name'?; known are name, time-out, colour,"
                                + " scale-factor, sizes, inner, by-name",
                        "test.yml:1:1: 'name' is missing",
                        "test.yml:2:11: 'time-out' is a time such as 500ms, 10s or 2m, not 'soon'",
                        "test.yml:3:9: 'colour' is one of green, dark-red, not 'gren', did you mean 'green'?",
                        "test.yml:5:10: 'width' is 1 to 8192, not 9000",
                        "test.yml:7:14: 'width' is a whole number, not '1.5'",
                        "test.yml:8:6: 13 is unlucky");
    }

    @Test
    void read_aKeyTwice_isAProblem() {
        YamlReader.read("a: 1\na: 2\n", "test.yml", problems);

        assertThat(problems.found()).hasSize(1).first().asString().contains("'a' is given a second time here");
    }

    @Test
    void read_noYaml_saysWhere() {
        assertThatThrownBy(() -> YamlReader.read("a: [1, 2\nb: }", "test.yml", problems))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("test.yml:1:4: what opens here with [ is not closed");
    }

    @Test
    void read_nothing_isAnEmptyMapping() {
        assertThat(YamlReader.read("# only a comment\n", "test.yml", problems)).isInstanceOf(Node.Mapping.class);
    }

    @Test
    void bind_unwrappedRecord_itsKeysStandBesideTheOthers() {
        assertThat(bindWrapping("name: cam\nwidth: 320")).contains(new Wrapping("cam", new Inner(320)));
        Ranges.check("section", new Wrapping("cam", new Inner(9000)), problems);
        bindWrapping("name: cam\nwidht: 13");
        bindWrapping("name: cam\nwidth: 13");
        assertThat(problems.found())
                .satisfiesExactly(
                        range -> assertThat(range).startsWith("section: 'width' "),
                        unlucky -> assertThat(unlucky).contains("13 is unlucky"),
                        unknown -> assertThat(unknown).contains("'widht'", "known are name, width"));
    }

    private Optional<Wrapping> bindWrapping(String yaml) {
        return new RecordBinder(problems).bind(YamlReader.read(yaml, "test.yml", problems), Wrapping.class);
    }

    record Wrapping(String name, @Unwrapped Inner inner) {}

    private Optional<Outer> bind(String yaml) {
        return new RecordBinder(problems).bind(YamlReader.read(yaml, "test.yml", problems), Outer.class);
    }
}
