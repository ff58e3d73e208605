package dev.sightline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodesTest {
    private static final Place BODY = Place.member("");

    record Step(Optional<Integer> width, boolean draw) {}

    @Test
    void of_everyKind_isItsNode() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("text", "on");
        json.put("truth", true);
        json.put("list", List.of(1));
        json.put("nothing", null);

        Node.Mapping node = (Node.Mapping) Nodes.of(json, Place.NOWHERE);

        assertThat(node.entries())
                .containsExactly(
                        Map.entry("text", scalar("on")),
                        Map.entry("truth", scalar("true")),
                        Map.entry("list", new Node.Sequence(List.of(scalar("1")), Place.NOWHERE)),
                        Map.entry("nothing", new Node.Empty(Place.NOWHERE)));
        assertThat(Nodes.plain(node)).isEqualTo(texts(json));
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1", "1e9, 1000000000", "-3.0, -3", "0.002, 0.002", "1e-5, 1.0E-5", "1e300, 1.0E300"})
    void of_double_isTextWithoutFractionIfWhole(double number, String text) {
        assertThat(Nodes.of(number, Place.NOWHERE)).isEqualTo(scalar(text));
    }

    @Test
    void of_largeNumbers_areExactAndShort() {
        assertThat(Nodes.of((1L << 53) + 1, Place.NOWHERE)).isEqualTo(scalar("9007199254740993"));
        assertThat(Nodes.of(BigInteger.TEN.pow(20), Place.NOWHERE)).isEqualTo(scalar("1" + "0".repeat(20)));
        assertThat(Nodes.of(new BigDecimal("1e999999999"), Place.NOWHERE)).isEqualTo(scalar("1E+999999999"));
    }

    @Test
    void of_memberOfABody_eachValueHasItsPointer() {
        Node node = Nodes.of(Map.of("process", List.of(Map.of("a/b~c", Map.of("min-size", 1)))), BODY);

        assertThat(node.below("process", "0", "a/b~c", "min-size").place()).hasToString("process/0/a~1b~0c/min-size");
    }

    @Test
    void of_aLongName_hasThePlaceAbove() {
        String longest = "n".repeat(200 - "list/0/".length());
        Node node = Nodes.of(Map.of("list", List.of(Map.of(longest, 1, longest + "n", List.of(2)))), BODY);

        assertThat(node.below("list", "0", longest).place()).hasToString("list/0/" + longest);
        assertThat(node.below("list", "0", longest + "n").place()).hasToString("list/0");
    }

    @Test
    void bind_aBody_problemsNameTheMember() {
        Problems problems = new Problems();
        Map<String, Object> step = Map.of("width", "wide", "drw", true);

        new RecordBinder(problems).bind(Nodes.of(step, Place.member("process/0/faces")), Step.class);
        new RecordBinder(problems).bind(Nodes.of(Map.of("draw", 2), BODY), Step.class);
        new RecordBinder(problems).bind(Nodes.of(Map.of(), BODY), Step.class);

        assertThat(problems.found())
                .containsExactly(
                        "process/0/faces/drw: unknown key 'drw', did you mean 'draw'?; known are width, draw",
                        "process/0/faces/width: 'width' is a number, not 'wide'",
                        "process/0/faces: 'draw' is missing",
                        "draw: 'draw' is true or false, not '2'",
                        "'draw' is missing");
    }

    @Test
    void of_tooDeep_isRefusedWithItsPlace() {
        Object deep = "end";
        for (int i = 0; i < YamlComposer.DEEPEST; i++) {
            deep = List.of(deep);
        }
        assertThat(Nodes.of(deep, BODY)).isInstanceOf(Node.Sequence.class);

        Object deeper = List.of(deep);
        assertThatThrownBy(() -> Nodes.of(deeper, BODY))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "0" + "/0".repeat(YamlComposer.DEEPEST)
                                + ": more is nested or listed here than any configuration needs (at most 50 levels and 20000 values)");
    }

    @Test
    void of_tooMany_isRefused() {
        List<Object> many = new ArrayList<>(Collections.nCopies(YamlComposer.MOST_NODES - 1, 1));
        assertThat(Nodes.of(many, BODY)).isInstanceOf(Node.Sequence.class);

        many.add(1);
        assertThatThrownBy(() -> Nodes.of(many, BODY)).isInstanceOf(ConfigException.class);
    }

    @Test
    void of_whatJsonHasNot_isRefused() {
        assertThatThrownBy(() -> Nodes.of(Instant.EPOCH, BODY)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Node scalar(String text) {
        return new Node.Scalar(text, Place.NOWHERE);
    }

    /** Nodes know text only. */
    private static Map<String, Object> texts(Map<String, Object> json) {
        Map<String, Object> texts = new LinkedHashMap<>(json);
        texts.put("truth", "true");
        texts.put("list", List.of("1"));
        return texts;
    }
}
