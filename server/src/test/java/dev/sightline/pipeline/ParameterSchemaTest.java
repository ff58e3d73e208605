package dev.sightline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.config.Node;
import dev.sightline.config.Nodes;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.config.RecordBinder;
import dev.sightline.config.RecordWriter;
import dev.sightline.config.Unwrapped;
import dev.sightline.processor.NoParameters;
import dev.sightline.processor.Parameter;
import dev.sightline.processor.ProcessorFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterSchemaTest {
    enum Colour {
        GREEN,
        DARK_RED
    }

    record Point(
            @Parameter(value = "From the left.", min = 0, max = 1)
            double x,

            @Parameter("How often.") long times) {}

    record Group(@Parameter("Whether it shouts.") boolean loud) {}

    record Every(
            @Parameter(value = "A size.", byDefault = "30", min = 1, max = 4096, unit = "px")
            int minSize,

            @Parameter(value = "A share.", byDefault = "0.5", min = 0.05)
            double share,

            @Parameter(value = "A colour.", byDefault = "dark-red")
            Colour colour,

            @Parameter(value = "A time.", byDefault = "500ms")
            Duration hold,

            @Unwrapped Group group,
            @Parameter(value = "Sizes.", max = 9) List<Integer> sizes,
            @Parameter("Points.") Map<String, Point> points,
            Node process) {}

    record Loop(Optional<Loop> next, Optional<Path> file, Optional<Colour> colour) {}

    record NoRegion(
            @Parameter(value = "Left.", min = 0, max = 1) double left,
            @Parameter(value = "Top.", min = 0, max = 1) double top,
            @Parameter(value = "Right.", min = 0, max = 1) double right,

            @Parameter(value = "Bottom, in pixels.", min = 0, max = 100)
            double bottom) {}

    @Test
    void of_everyType_describesIt() {
        Map<String, Object> point = Map.of(
                "type",
                "object",
                "additionalProperties",
                false,
                "properties",
                Map.of(
                        "x",
                        Map.of("type", "number", "minimum", 0L, "maximum", 1L, "description", "From the left."),
                        "times",
                        Map.of("type", "integer", "description", "How often.")),
                "required",
                List.of("x", "times"));

        assertThat(ParameterSchema.of(Every.class))
                .containsOnlyKeys("type", "additionalProperties", "properties", "required")
                .containsEntry("type", "object")
                .containsEntry("additionalProperties", false)
                .containsEntry("required", List.of("loud"));
        assertThat(properties(Every.class))
                .containsExactly(
                        Map.entry(
                                "min-size",
                                Map.of(
                                        "type",
                                        "integer",
                                        "minimum",
                                        1L,
                                        "maximum",
                                        4096L,
                                        "default",
                                        30,
                                        "description",
                                        "A size.",
                                        "unit",
                                        "px")),
                        Map.entry(
                                "share",
                                Map.of("type", "number", "minimum", 0.05, "default", 0.5, "description", "A share.")),
                        Map.entry(
                                "colour",
                                Map.of(
                                        "type", "string",
                                        "enum", List.of("green", "dark-red"),
                                        "default", "dark-red",
                                        "description", "A colour.")),
                        Map.entry(
                                "hold",
                                Map.of(
                                        "type", "string",
                                        "pattern", "^\\s*[0-9]+(\\.[0-9]+)?\\s*(ms|s|m|h)\\s*$",
                                        "x-sightline", "duration",
                                        "default", "500ms",
                                        "description", "A time.")),
                        Map.entry("loud", Map.of("type", "boolean", "description", "Whether it shouts.")),
                        Map.entry(
                                "sizes",
                                Map.of(
                                        "type", "array",
                                        "items", Map.of("type", "integer", "maximum", 9L),
                                        "description", "Sizes.")),
                        Map.entry(
                                "points",
                                Map.of("type", "object", "additionalProperties", point, "description", "Points.")),
                        Map.entry("process", Map.of()));
    }

    @Test
    void of_aRecordWithinItself_ends() {
        assertThat(properties(Loop.class))
                .containsExactly(
                        Map.entry("next", Map.of("type", "object")),
                        Map.entry("file", Map.of("type", "string", "readOnly", true)),
                        Map.entry("colour", Map.of("type", "string", "enum", List.of("green", "dark-red"))));
    }

    @Test
    void of_noParameters_allowsNone() {
        assertThat(ParameterSchema.of(NoParameters.class))
                .isEqualTo(Map.of(
                        "type",
                        "object",
                        "additionalProperties",
                        false,
                        "properties",
                        Map.of(),
                        "required",
                        List.of()));
    }

    @ParameterizedTest
    @CsvSource({"500ms", "1.5s", "2 m", "' 1h '", "10", "1d", "-1s", "ms", "1.s", "1e3s"})
    void duration_pattern_acceptsWhatTheConfigurationReads(String text) {
        String pattern = (String) properties(Every.class).get("hold").get("pattern");
        Problems problems = new Problems();
        new RecordBinder(problems).bind(Nodes.of(Map.of("loud", true, "hold", text), Place.NOWHERE), Every.class);

        assertThat(text.matches(pattern)).isEqualTo(problems.found().isEmpty());
    }

    @Test
    void of_edgesInFractions_areARegion() {
        assertThat(schema("motion"))
                .containsEntry("x-sightline", Map.of("region", List.of("left", "top", "right", "bottom")));
        assertThat(schema("crop")).containsEntry("x-sightline", Map.of("region", List.of("x", "y", "width", "height")));
        assertThat(schema("resize")).doesNotContainKey("x-sightline");
        assertThat(ParameterSchema.of(NoRegion.class)).doesNotContainKey("x-sightline");
    }

    static Stream<ProcessorFactory<?>> builtIn() {
        return ServiceLoader.load(ProcessorFactory.class).stream().map(ServiceLoader.Provider::get);
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void builtIn_everyParameter_hasATypeASentenceAndAValidDefault(ProcessorFactory<?> factory) {
        Map<String, Map<String, Object>> properties = properties(factory.parameters());

        assertThat(properties.keySet()).containsExactlyElementsOf(RecordBinder.keys(factory.parameters()));
        properties.forEach((key, schema) -> {
            assertThat(schema.get("type")).as(key).isIn("integer", "number", "string", "boolean");
            assertThat((String) schema.get("description")).as(key).endsWith(".");
            if (schema.containsKey("default")) {
                assertThat(isValid(schema.get("default"), schema)).as(key).isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void builtIn_defaultsOfTheSchema_areThoseOfTheRecord(ProcessorFactory<?> factory) {
        Optional<? extends Record> defaults =
                new RecordBinder(new Problems()).bind(new Node.Empty(Place.NOWHERE), factory.parameters());

        defaults.ifPresent(record -> RecordWriter.all(record)
                .forEach((key, value) ->
                        assertThat(properties(factory.parameters()).get(key)).containsEntry("default", value)));
    }

    @Test
    void builtIn_sentencesThatNameAUnit_haveIt() {
        builtIn()
                .forEach(factory -> properties(factory.parameters()).forEach((key, schema) -> {
                    String sentence = (String) schema.get("description");
                    Object unit = sentence.contains("pixels") ? "px" : sentence.contains("Degrees") ? "°" : null;
                    assertThat(schema.get("unit"))
                            .as("%s of %s", key, factory.name())
                            .isEqualTo(unit);
                }));
    }

    private static boolean isValid(Object value, Map<String, Object> schema) {
        if (value instanceof Number number) {
            return Stream.of("number", number instanceof Double ? "number" : "integer")
                            .anyMatch(schema.get("type")::equals)
                    && number.doubleValue() >= ((Number) schema.getOrDefault("minimum", number)).doubleValue()
                    && number.doubleValue() <= ((Number) schema.getOrDefault("maximum", number)).doubleValue();
        }
        if (value instanceof String text) {
            return schema.get("type").equals("string")
                    && ((List<?>) schema.getOrDefault("enum", List.of(text))).contains(text)
                    && text.matches((String) schema.getOrDefault("pattern", ".*"));
        }
        return value instanceof Boolean && schema.get("type").equals("boolean");
    }

    private static Map<String, Object> schema(String processor) {
        return builtIn()
                .filter(factory -> factory.name().equals(processor))
                .map(factory -> ParameterSchema.of(factory.parameters()))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> properties(Class<? extends Record> type) {
        return (Map<String, Map<String, Object>>) ParameterSchema.of(type).get("properties");
    }
}
