package dev.sightline.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {
    /** RFC 7396, appendix A; a null in the target, which a configuration does not tell from a key that is absent, is left out. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{a: b}        | {a: c}             | {a: c}",
                "{a: b}        | {b: c}             | {a: b, b: c}",
                "{a: b}        | {a: null}          | {}",
                "{a: b, b: c}  | {a: null}          | {b: c}",
                "{a: [b]}      | {a: c}             | {a: c}",
                "{a: c}        | {a: [b]}           | {a: [b]}",
                "{a: {b: c}}   | {a: {b: d, c: null}} | {a: {b: d}}",
                "{a: [{b: c}]} | {a: [1]}           | {a: [1]}",
                "[a, b]        | [c, d]             | [c, d]",
                "{a: b}        | [c]                | [c]",
                "{a: foo}      | null               | null",
                "{a: foo}      | bar                | bar",
                "{e: null}     | {a: 1}             | {e: null, a: 1}",
                "[1, 2]        | {a: b, c: null}    | {a: b}",
                "{}            | {a: {bb: {ccc: null}}} | {a: {bb: {}}}",
            })
    void apply_examplesOfTheStandard_giveItsResults(String target, String patch, String result) {
        assertThat(Nodes.plain(MergePatch.apply(node(target), node(patch)))).isEqualTo(Nodes.plain(node(result)));
    }

    @Test
    void apply_keysThatStay_keepTheirOrderAndTheirPlaces() {
        Node merged = MergePatch.apply(
                YamlReader.read("a: 1\nb: {c: 2, d: 3}\n", "file", new Problems()),
                YamlReader.read("\n\n\nb: {d: 4, e: 5}\n", "patch", new Problems()));

        assertThat(Nodes.plain(merged)).hasToString("{a=1, b={c=2, d=4, e=5}}");
        assertThat(merged.below("b", "c").place()).hasToString("file:2:8");
        assertThat(merged.below("b", "d").place()).hasToString("patch:4:8");
    }

    private static Node node(String yaml) {
        return YamlReader.read("root: " + yaml, "test", new Problems()).below("root");
    }
}
