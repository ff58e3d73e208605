package dev.sightline.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.config.ConfigException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class YamlEditorTest {

    static Stream<Case> scalars() {
        return Stream.of(
                set("number, comment stays", "a: 1   # one\n", "a", 2, "a: 2   # one\n"),
                set("same text in quotes", "a: \"80\"\n", "a", 80, "a: \"80\"\n"),
                set("text as the number", "a: 80\n", "a", "80", "a: 80\n"),
                set("same number otherwise written", "a: 1.50\n", "a", 1.5, "a: 1.50\n"),
                set("yes is true", "a: yes\n", "a", true, "a: yes\n"),
                set("true instead of off", "a: off # c\n", "a", true, "a: true # c\n"),
                set("a whole double", "a: 1\n", "a", 4000.0, "a: 4000\n"),
                set("a large number", "a: 1\n", "a", new BigDecimal("1E+400"), "a: 1E+400\n"),
                set("quotes replaced", "a: 'x y' # c\n", "a", "z", "a: z # c\n"),
                set("empty text", "a: x\n", "a", "", "a: ''\n"),
                set("null is quoted", "a: x\n", "a", "null", "a: 'null'\n"),
                set("a colon inside", "a: x\n", "a", "rtsp://cam:554/1", "a: rtsp://cam:554/1\n"),
                set("a colon at the end", "a: x\n", "a", "publish:", "a: 'publish:'\n"),
                set("a number sign", "a: x\n", "a", "b #c", "a: 'b #c'\n"),
                set("quotes in it", "a: x\n", "a", "'it''s: ", "a: '''it''''s: '\n"),
                set("line breaks", "a: x\n", "a", "b\n\t\"\\c\u0007", "a: \"b\\n\\t\\\"\\\\c\\u0007\"\n"),
                set("a reference is escaped", "a: x\n", "a", "${HOME}", "a: $${HOME}\n"),
                set("an escaped reference is the same", "a: $${HOME}\n", "a", "${HOME}", "a: $${HOME}\n"),
                set("a reference in flow", "a: [x]\n", "a", List.of("${HOME}"), "a: ['$${HOME}']\n"),
                set("another reference stays", "a: ${X}\nb: 1\n", "b", 2, "a: ${X}\nb: 2\n"),
                set("characters beyond 16 bits", "é😀: '😀' # 😀\nb: 1\n", "b", "😀", "é😀: '😀' # 😀\nb: 😀\n"),
                set("plain on several lines", "a: x\n  y # c\nb: 1\n", "a", "z", "a: z # c\nb: 1\n"),
                set("below its key", "a:\n  x # c\n", "a", "z", "a:\n  z # c\n"),
                set("a literal", "a: | # c\n  x\n\n  y\n\n# d\nb: 1\n", "a", "z", "a: z\n\n# d\nb: 1\n"),
                set("beside a literal", "a: |+\n  x\n\nb: >-\n  y\nc: 1\n", "c", 2, "a: |+\n  x\n\nb: >-\n  y\nc: 2\n"),
                set("a tag", "a: !!str 1 # c\n", "a", 2, "a: 2 # c\n"),
                set("an anchor without alias", "a: &x 1\n", "a", 2, "a: 2\n"),
                set("an alias", "a: &x 1\nb: *x # c\n", "b", 2, "a: &x 1\nb: 2 # c\n"));
    }

    static Stream<Case> additions() {
        return Stream.of(
                set("empty file", "", "a.b", 1, "a:\n  b: 1\n"),
                set("only comments", "# c\n", "a", 1, "# c\na: 1\n"),
                set("only comments, no newline", "# c", "a", 1, "# c\na: 1"),
                set("only a document's start", "---\n", "a", 1, "---\na: 1\n"),
                set("braces at the root", "{}\n", "a.b", 1, "a:\n  b: 1\n"),
                set("after ---", "---\na: 1\n", "b", 2, "---\na: 1\nb: 2\n"),
                set("before ...", "a: 1\n...\n", "b", 2, "a: 1\nb: 2\n...\n"),
                set("byte order mark", "\ufeffa: 1\n", "a", 2, "\ufeffa: 2\n"),
                set("byte order mark, key below", "\ufeffa: 1\n", "b.c", 2, "\ufeffa: 1\nb:\n  c: 2\n"),
                set("no newline at the end", "a: 1", "b", 2, "a: 1\nb: 2"),
                set(
                        "CRLF",
                        "a:\r\n  b: 1\r\n\r\nc: 2\r\n",
                        "a.d.e",
                        3,
                        "a:\r\n  b: 1\r\n  d:\r\n    e: 3\r\n\r\nc: 2\r\n"),
                set("CRLF, no newline at the end", "a: 1\r\nb: 2", "c", 3, "a: 1\r\nb: 2\r\nc: 3"),
                set("an empty value", "a:   # c\nb: 1\n", "a.x", 2, "a:   # c\n  x: 2\nb: 1\n"),
                set("an empty value above a comment", "a:\n  # c\nb: 1\n", "a.x", 2, "a:\n  x: 2\n  # c\nb: 1\n"),
                set("an empty value's scalar", "a: # c\n", "a", 2, "a: 2 # c\n"),
                set(
                        "keys in comments stay below",
                        "a:\n  b: 1\n  # c: 2\nd: 3\n",
                        "a.x",
                        4,
                        "a:\n  b: 1\n  x: 4\n  # c: 2\nd: 3\n"),
                set(
                        "deeper comments stay above",
                        "a:\n  b:\n    c: 1\n    # d: 2\n",
                        "a.x",
                        4,
                        "a:\n  b:\n    c: 1\n    # d: 2\n  x: 4\n"),
                set("comments of what follows", "a:\n  b: 1\n# d\nd: 3\n", "a.x", 4, "a:\n  b: 1\n  x: 4\n# d\nd: 3\n"),
                set(
                        "after a blank line",
                        "a:\n  b: 1\n\n  # d\nd: 3\n",
                        "a.x",
                        4,
                        "a:\n  b: 1\n  x: 4\n\n  # d\nd: 3\n"),
                set(
                        "wide indentation",
                        "a:\n    b:\n        c: 1\n",
                        "a.x.y",
                        2,
                        "a:\n    b:\n        c: 1\n    x:\n        y: 2\n"),
                set(
                        "the neighbours' indentation",
                        "z:\n  y: 1\na:\n    b: 1\n",
                        "a.c",
                        Map.of("d", 1),
                        "z:\n  y: 1\na:\n    b: 1\n    c:\n      d: 1\n"),
                set("missing parents", "a: 1\n", "b.c.d", 2, "a: 1\nb:\n  c:\n    d: 2\n"),
                set("scalar to mapping", "a: 1 # c\nb: 2\n", "a", Map.of("x", 1), "a: # c\n  x: 1\nb: 2\n"),
                set("empty braces to a block", "a: {} # c\n", "a.x", 1, "a: # c\n  x: 1\n"),
                set("after a literal", "a:\n  b: |\n    x\n\nc: 1\n", "a.d", 2, "a:\n  b: |\n    x\n  d: 2\n\nc: 1\n"),
                set(
                        "after a literal that keeps blanks",
                        "a:\n  b: |+\n    x\n\nc: 1\n",
                        "a.d",
                        2,
                        "a:\n  b: |+\n    x\n\n  d: 2\nc: 1\n"),
                set("braces", "a: {b: 1, c: 2} # c\n", "a.d", "x, y", "a: {b: 1, c: 2, d: 'x, y'} # c\n"),
                set("braces in brackets", "a: [x, {y: {z: 1}}]\n", "a.1.y.w", 2, "a: [x, {y: {z: 1, w: 2}}]\n"),
                set(
                        "braces on lines",
                        "a: {\n  b: 1, # b\n  c: 2 # c\n}\n",
                        "a.d",
                        3,
                        "a: {\n  b: 1, # b\n  c: 2, d: 3 # c\n}\n"),
                set("a pair in brackets", "a: [b: 1, c]\n", "a.0.d", 2, "a: [{b: 1, d: 2}, c]\n"),
                set("a key with a bare value in braces", "a: {b: , c: 1}\n", "a.b", 2, "a: {b: 2 , c: 1}\n"),
                set(
                        "keys below a merge",
                        "x-b: &b {p: 1}\na:\n  <<: *b\n",
                        "a.p",
                        2,
                        "x-b: &b {p: 1}\na:\n  <<: *b\n  p: 2\n"),
                set(
                        "an alias spelt out",
                        "a: &x {p: 1}\nb: *x # c\n",
                        "b.q",
                        2,
                        "a: &x {p: 1}\nb: # c\n  p: 1\n  q: 2\n"),
                set("odd keys", "a: 1\n", "b: c", 2, "a: 1\n'b: c': 2\n"));
    }

    static Stream<Case> lists() {
        return Stream.of(
                set("item in brackets", "a: [x, 'y', z]\n", "a.1", "w", "a: [x, w, z]\n"),
                set("append in brackets", "a: [x, 'y'] # c\n", "a", List.of("x", "y", "z"), "a: [x, 'y', z] # c\n"),
                set("append by number", "a:\n  - x # x\n  - y\n", "a.2", "z", "a:\n  - x # x\n  - y\n  - z\n"),
                set("append beside the key", "a:\n- x\n# b\nb: 1\n", "a.1", "z", "a:\n- x\n- z\n# b\nb: 1\n"),
                set("insert", "a:\n- x # x\n- z\n", "a", List.of("x", "y", "z"), "a:\n- x # x\n- y\n- z\n"),
                set(
                        "one removed",
                        "a:\n- x # x\n# y\n- y\n- z # z\n",
                        "a",
                        List.of("x", "z"),
                        "a:\n- x # x\n- z # z\n"),
                set("replaced", "a:\n- x\n- z\nb: 1\n", "a", List.of("p", "q", "r"), "a: [p, q, r]\nb: 1\n"),
                set("same length", "a: [1, 2, 3]\n", "a", List.of(1, 5, 3), "a: [1, 5, 3]\n"),
                set(
                        "mapping to item",
                        "a:\n  - x # c\n",
                        "a.0",
                        Map.of("y", Map.of("z", 1)),
                        "a:\n  - y: # c\n      z: 1\n"),
                set(
                        "key in an item",
                        "a:\n  - x: 1 # c\n    y: 2\n",
                        "a.0.z",
                        3,
                        "a:\n  - x: 1 # c\n    y: 2\n    z: 3\n"),
                set("an empty item", "a:\n  - # c\n  - y\n", "a.0.z", 3, "a:\n  - z: 3 # c\n  - y\n"),
                set("empty brackets", "a: [] # c\n", "a.0", "x", "a: [x] # c\n"),
                set(
                        "mappings in a new list",
                        "a: 1\n",
                        "b",
                        List.of(Map.of("c", Map.of("d", 1)), "e"),
                        "a: 1\nb:\n  - c:\n      d: 1\n  - e\n"),
                set(
                        "dashes where the file has them",
                        "a:\n- x\n",
                        "b",
                        List.of(Map.of("c", 1)),
                        "a:\n- x\nb:\n- c: 1\n"),
                remove("item with dash", "a:\n- - x\n  - y\n- z\n", "a.0.0", "a:\n- - y\n- z\n"),
                remove("last item", "a:\n- x\nb: 1\n", "a.0", "a: []\nb: 1\n"),
                remove("first in brackets", "a: [x, y, z]\n", "a.0", "a: [y, z]\n"),
                remove("middle in brackets", "a: [x, y, z]\n", "a.1", "a: [x, z]\n"),
                remove("last in brackets", "a: [x, y, z]\n", "a.2", "a: [x, y]\n"),
                remove("last before a comma", "a: [x, y, ]\n", "a.1", "a: [x, ]\n"),
                remove("only one in brackets", "a: [x]\n", "a.0", "a: []\n"),
                remove(
                        "a line in brackets",
                        "a: [\n  x, # x\n  y, # y\n  z # z\n]\n",
                        "a.1",
                        "a: [\n  x, # x\n  z # z\n]\n"),
                remove("last line in brackets", "a: [\n  x, # x\n  y # y\n]\n", "a.1", "a: [\n  x # x\n]\n"),
                remove("beyond the list", "a: [x]\n", "a.1", "a: [x]\n"));
    }

    static Stream<Case> removals() {
        return Stream.of(
                remove("absent", "a: 1\n", "b.c", "a: 1\n"),
                remove("below a scalar", "a: 1\n", "a.b", "a: 1\n"),
                remove(
                        "with its comments",
                        "a: 1\n\n# far\n\n# b\n# more\nb: 2 # two\nc: 3\n",
                        "b",
                        "a: 1\n\n# far\n\nc: 3\n"),
                remove(
                        "not the comment above further out",
                        "a:\n# out\n  b: 2\n  c: 3\n",
                        "a.b",
                        "a:\n# out\n  c: 3\n"),
                remove(
                        "with all below",
                        "a:\n  b:\n    c: |\n      x\n    # in\n  # d\n  d: 1\n",
                        "a.b",
                        "a:\n  # d\n  d: 1\n"),
                remove(
                        "comments further in",
                        "a: |\n  x\nb:\n  c: 1\n\n  # c\n\n # b\n\n# d\nd: 1\n",
                        "b",
                        "a: |\n  x\n\n# d\nd: 1\n"),
                remove("the last key below", "a: # c\n  # b\n  b: 2\nd: 3\n", "a.b", "a: {} # c\nd: 3\n"),
                remove("the last key of all", "# c\n\na: 1\n", "a", "# c\n\n"),
                remove("at the end without newline", "a: 1\nb: 2", "b", "a: 1"),
                remove("beside a dash", "a:\n  - x: 1\n    y: 2\n", "a.0.x", "a:\n  - y: 2\n"),
                remove(
                        "beside a dash, comment below",
                        "a:\n  - x: 1\n    # y\n    y: 2\n",
                        "a.0.x",
                        "a:\n  -\n    # y\n    y: 2\n"),
                remove("all beside a dash", "a:\n  - x: 1\n  - y: 2\n", "a.0.x", "a:\n  - {}\n  - y: 2\n"),
                remove("in braces", "a: {b: 1, c: 2, d}\n", "a.c", "a: {b: 1, d}\n"),
                remove("bare key in braces", "a: {b: 1, c: 2, d}\n", "a.d", "a: {b: 1, c: 2}\n"),
                remove("the first with a byte order mark", "\ufeffa: 1\nb: 2\n", "a", "\ufeffb: 2\n"),
                remove("other line ends", "a: 1\r\nb: 2\nc: 3\r\n", "b", "a: 1\r\nc: 3\r\n"),
                remove("after a literal, no newline at the end", "a: |\n  x\nb: 1", "b", "a: |\n  x\n"),
                remove("an alias", "a: &x 1\nb: *x\n", "b", "a: &x 1\n"),
                set(
                        "keys are compared",
                        "a:\n  # b\n  b: 1 # one\n  c: 2\n\n  d: '3'\n",
                        "a",
                        Map.of("b", 1, "d", 3, "e", 4),
                        "a:\n  # b\n  b: 1 # one\n\n  d: '3'\n  e: 4\n"),
                set("none stays", "a:\n  b: 1\nc: 1\n", "a", Map.of("x", 1), "a:\n  x: 1\nc: 1\n"),
                set("block to scalar", "a: # a\n  b: 1 # b\n  c: 2\nd: 3\n", "a", "x", "a: x # a\nd: 3\n"),
                set("root keys", "a: 1 # a\nb: 2\n", "", Map.of("a", 1, "c", 3), "a: 1 # a\nc: 3\n"),
                set(
                        "emptied and extended",
                        "a:\n  b:\n    c: 1\n",
                        "a",
                        Map.of("b", Map.of(), "d", 2),
                        "a:\n  b: {}\n  d: 2\n"));
    }

    static Stream<Case> refusals() {
        return Stream.of(
                set("an anchor with aliases", "a: &x 1\nb: *x\n", "a", 2, "test.yml:1:4"),
                set("within an anchor with aliases", "a: &x\n  b: 1\nc: *x\n", "a.b", 2, "test.yml:1:4"),
                remove("an anchor with aliases in it", "a:\n  b: &x 1\nc: *x\nd: 1\n", "a", "test.yml:2:6"),
                remove("a merged key", "b: &b {p: 1}\na:\n  <<: *b\n  q: 1\n", "a.p", "test.yml:3:3"),
                remove("a key over a merged one", "b: &b {p: 1}\na:\n  <<: *b\n  p: 2\n", "a.p", "test.yml:4:6"),
                remove("a key after a question mark", "? a\n: 1\nb: 2\n", "a", "test.yml:1:1"),
                set("a block with an anchor", "a: &x\n  b: 1\n", "a", 1, "test.yml:1:4"),
                set("after a literal without a newline", "a: |\n  x", "b", 1, "test.yml:1:1"),
                set("below a scalar", "a: 1\nb: x\n", "b.c", 1, "test.yml:2:4"),
                set("a merge key", "a: 1\n", "<<", Map.of("b", 1), "test.yml:1:1"),
                set("no item", "a: [x]\n", "a.2", 1, "test.yml:1:4"),
                set("no root of keys", "a: 1\n", "", "x", "test.yml:1:1"));
    }

    @ParameterizedTest
    @MethodSource({"scalars", "additions", "lists", "removals"})
    void edit_ofTheTable_changesOnlyWhatIsMeant(Case each) {
        assertThat(each.edit().apply(YamlEditor.of(each.before(), "test.yml")).text())
                .isEqualTo(each.after());
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void edit_thatIsUnsafe_isRefusedWithItsPlace(Case each) {
        YamlEditor editor = YamlEditor.of(each.before(), "test.yml");

        assertThatThrownBy(() -> each.edit().apply(editor))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(each.after() + ": ");
    }

    @Test
    void of_whatIsNotYaml_isRefused() {
        assertThatThrownBy(() -> YamlEditor.of("a: [1\nb: }", "test.yml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("test.yml:");
        assertThatThrownBy(() -> YamlEditor.of("a: 1\na: 2\n", "test.yml"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("test.yml:2:1: 'a' is given a second time here");
    }

    @Test
    void set_whatIsNoValue_isRefused() {
        YamlEditor editor = YamlEditor.of("a: 1\n", "test.yml");

        assertThatThrownBy(() -> editor.set(List.of("a"), Double.NaN)).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> editor.set(List.of("a"), new Object())).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> editor.remove(List.of())).isInstanceOf(ConfigException.class);
    }

    private static Case set(String name, String before, String path, Object value, String after) {
        return new Case(name, before, editor -> editor.set(path(path), value), after);
    }

    private static Case remove(String name, String before, String path, String after) {
        return new Case(name, before, editor -> editor.remove(path(path)), after);
    }

    private static List<String> path(String path) {
        return path.isEmpty() ? List.of() : List.of(path.split("\\."));
    }

    record Case(String name, String before, UnaryOperator<YamlEditor> edit, String after) {
        @Override
        public String toString() {
            return name;
        }
    }
}
