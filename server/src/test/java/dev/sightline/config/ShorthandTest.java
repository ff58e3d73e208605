package dev.sightline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShorthandTest {
    private static final Place PLACE = new Place("--process", 1, 1);

    private final Problems problems = new Problems();

    @Test
    void read_namesAndParameters_areTheNodesOfTheSameYaml() {
        Node.Sequence steps = Shorthand.read("resize:width=400:height=300, clock", PLACE, problems);

        assertThat(problems.found()).isEmpty();
        assertThat(steps.items())
                .containsExactly(
                        mapping("resize", mapping("width", scalar("400"), "height", scalar("300"))), scalar("clock"));
    }

    @Test
    void read_backslash_takesTheNextCharacterAsItIs() {
        Node.Sequence steps = Shorthand.read("text:text=at 12\\:30\\, a=b", PLACE, problems);

        assertThat(steps.items()).containsExactly(mapping("text", mapping("text", scalar("at 12:30, a=b"))));
    }

    @Test
    void read_badForms_areProblemsThatNameThem() {
        Shorthand.read("faces,,blur:5", PLACE, problems);

        assertThat(problems.found())
                .containsExactly(
                        "--process: a name is missing in 'faces,,blur:5'",
                        "--process: '5' after 'blur' is not of the form parameter=value");
    }

    private static Node scalar(String text) {
        return new Node.Scalar(text, PLACE);
    }

    private static Node mapping(String key, Node value) {
        return new Node.Mapping(Map.of(key, value), PLACE);
    }

    private static Node mapping(String key, Node value, String other, Node otherValue) {
        return new Node.Mapping(Map.of(key, value, other, otherValue), PLACE);
    }
}
