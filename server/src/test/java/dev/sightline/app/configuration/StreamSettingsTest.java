package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.config.Node;
import dev.sightline.config.Nodes;
import dev.sightline.config.Problems;
import dev.sightline.config.Values;
import dev.sightline.config.YamlReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSettingsTest {
    private static final String SECRETS = """
            source: rtsp://me:pass-word@10.0.0.1/x
            process: [text: {text: '${TEXT}'}, clock]
            """;

    private final Problems problems = new Problems();
    private final StreamSettings settings = new StreamSettings(problems.redaction());

    @Test
    void shown_secrets_areMasked_andStandForThemselvesWhenTheyComeBack() {
        Node stream = node(SECRETS);
        Map<String, Object> shown = settings.shown(stream);
        assertThat(shown.toString()).contains("${TEXT}", "10.0.0.1").doesNotContain("s3cret-word", "pass-word");

        assertThat(Nodes.plain(settings.unmasked(StreamSettings.node(shown), StreamSettings.listed(stream))))
                .isEqualTo(Nodes.plain(StreamSettings.listed(stream)));
    }

    @Test
    void unmasked_anotherStepBeforeTheSecret_keepsIt() {
        Node stream = node(SECRETS);
        Map<String, Object> given =
                Map.of("process", List.of("flip", Map.of("text", Map.of("text", "${TEXT}")), "clock"));

        assertThat(Nodes.plain(settings.unmasked(StreamSettings.node(given), StreamSettings.listed(stream))))
                .hasToString("{process=[flip, {text={text=s3cret-word}}, clock]}");
    }

    @Test
    void unmasked_otherValues_stayAsGiven() {
        Node given = StreamSettings.node(Map.of("source", "rtsp://***@10.0.0.2/x", "max-viewers", 3));
        assertThat(settings.unmasked(given, node(SECRETS))).isEqualTo(given);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "0",
                "-3",
                "0.25",
                "-0.5",
                "123456789012345",
                "true",
                "false",
                "01",
                "-0",
                "1.0",
                "1e3",
                "0.00001",
                "12345678.5",
                "123456789012345.123456789",
                "1234567890123456789",
                ".5",
                "yes",
                "TRUE",
                "",
                "1.50"
            })
    void shown_value_comesBackAsTheSameText(String text) {
        Node stream = StreamSettings.node(Map.of("value", text));
        assertThat(StreamSettings.node(settings.shown(stream))).isEqualTo(stream);
    }

    @Test
    void shown_numbersAndTruthValues_areThose() {
        assertThat(settings.shown(node("{a: 5, b: 0.25, c: true, d: text, e: {f: -1}, g: [2, x]}")))
                .isEqualTo(Map.of(
                        "a", 5L, "b", 0.25, "c", true, "d", "text", "e", Map.of("f", -1L), "g", List.of(2L, "x")));
    }

    @Test
    void shown_steps_areAListInEachNotation() {
        List<Object> steps = List.of(Map.of("resize", Map.of("width", 400L)), "clock");
        assertThat(settings.shown(node("process: 'resize:width=400,clock'"))).isEqualTo(Map.of("process", steps));
        assertThat(settings.shown(node("process: ['resize:width=400', clock]"))).isEqualTo(Map.of("process", steps));
        assertThat(settings.shown(node("client-processors: [resize: {width: 400}, clock]")))
                .isEqualTo(Map.of("client-processors", steps));
    }

    @Test
    void withSteps_otherKeys_stay() {
        Node changed = StreamSettings.withSteps(node("{source: 'pattern:', process: clock}"), List.of());
        assertThat(Nodes.plain(changed)).isEqualTo(Map.of("source", "pattern:", "process", List.of()));
        assertThat(StreamSettings.steps(changed)).isEmpty();
        assertThat(StreamSettings.steps(node("{source: 'pattern:'}"))).isEmpty();
    }

    private Node node(String yaml) {
        return YamlReader.read(yaml, "test", problems, new Values(name -> Optional.of("s3cret-word"), Path.of("")));
    }
}
