package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Node;
import dev.sightline.config.Nodes;
import dev.sightline.config.Problems;
import dev.sightline.config.YamlReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DocumentTest {
    private static final String TWO = """
            streams:
              cam: {source: 'pattern:', process: clock}
              door: {source: 'publish:'}
            profiles:
              night: {cam: {process: grayscale}, door: {max-viewers: 3}}
              day: {cam: {process: null}}
            """;

    private final Document document = document(TWO);

    @Test
    void with_anotherStream_followsThoseOfTheText_inTheOrderOfTheChanges() {
        Document changed = document;
        for (String name : List.of("z", "y", "x", "w", "v", "u")) {
            changed = changed.with(name, node("{source: 'mirror:'}"));
        }
        assertThat(names(changed.with("cam", node("{source: 'camera:0'}"))))
                .containsExactly("cam", "door", "z", "y", "x", "w", "v", "u");
    }

    @Test
    void without_stream_isNoMore_andMayComeBackInItsPlace() {
        assertThat(names(document.without("cam"))).containsExactly("door");
        assertThat(document.without("cam").stream("cam")).isEmpty();
        assertThat(names(document.without("cam").with("cam", node("{source: 'mirror:'}"))))
                .containsExactly("cam", "door");
        assertThat(document.with("new", node("{source: 'mirror:'}"))
                        .without("new")
                        .changes())
                .isEmpty();
    }

    @Test
    void rewritten_streamThatTheTextLeavesAsItWas_keepsItsChange() {
        Document changed = document.with("cam", node("{source: 'camera:0'}"))
                .without("door")
                .with("new", node("{source: 'mirror:'}"))
                .rewritten(
                        node(TWO.replace("process: clock", "'process':  clock  ") + "# of my own\nprocessors: []\n"));
        assertThat(names(changed)).containsExactly("cam", "new");
        assertThat(source(changed, "cam")).isEqualTo("camera:0");
    }

    @Test
    void rewritten_streamOfWhichTheTextSaysSomethingElse_losesItsChange() {
        Document changed = document.with("cam", node("{source: 'camera:0'}"))
                .without("door")
                .with("new", node("{source: 'mirror:'}"))
                .rewritten(node("""
                        streams:
                          new: {source: 'pattern:'}
                          door: {source: 'camera:1'}
                        """));
        assertThat(names(changed)).containsExactly("new", "door");
        assertThat(source(changed, "new")).isEqualTo("pattern:");
        assertThat(source(changed, "door")).isEqualTo("camera:1");
        assertThat(changed.changes()).isEmpty();
    }

    @Test
    void rewritten_profile_staysUnlessTheTextNamesAnother() {
        Document night = document.withProfile("night");
        assertThat(night.rewritten(node(TWO.replace("3", "4"))).activeProfile()).contains("night");
        assertThat(night.rewritten(node(TWO + "profile: day\n")).activeProfile())
                .contains("day");
        assertThat(document(TWO + "profile: day\n")
                        .withProfile("")
                        .rewritten(node(TWO + "profile: day\n"))
                        .activeProfile())
                .isEmpty();
    }

    @Test
    void withProfile_liesOverTheText_andUnderWhatWasChanged() {
        Document night = document.withProfile("night");
        assertThat(night.stream("cam").map(Nodes::plain))
                .contains(Map.of("source", "pattern:", "process", "grayscale"));
        assertThat(night.with("cam", node("{source: 'camera:0'}")).stream("cam").map(Nodes::plain))
                .contains(Map.of("source", "camera:0"));
        assertThat(document.withProfile("day").stream("cam").map(Nodes::plain)).contains(Map.of("source", "pattern:"));
        assertThat(night.withProfile("").activeProfile()).isEmpty();
        assertThat(document.inProfiles().get("night").keySet()).containsExactly("cam", "door");
    }

    @Test
    void withProfile_unknown_namesTheNearest() {
        assertThatThrownBy(() -> document.withProfile("nigth"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("did you mean 'night'");
        assertThatThrownBy(() -> document("streams: {}").withProfile("night")).hasMessageContaining("has none");
    }

    @Test
    void kept_stream_isNoChangeAnyMore_andOthersStay() {
        Document changed = document.with("cam", node("{source: 'camera:0'}")).with("new", node("{source: 'mirror:'}"));
        Document kept = changed.kept(node(TWO.replace("pattern:", "camera:0")), Optional.of("cam"));
        assertThat(kept.changes()).containsOnlyKeys("new");
        assertThat(source(kept, "cam")).isEqualTo("camera:0");
        assertThat(document.withProfile("night").kept(node(TWO + "profile: night\n"), Optional.empty()))
                .satisfies(night -> assertThat(night.profile()).isEmpty())
                .satisfies(night -> assertThat(night.activeProfile()).contains("night"));
    }

    private static List<String> names(Document document) {
        return List.copyOf(
                ((Node.Mapping) document.effective().below("streams")).entries().keySet());
    }

    private static Object source(Document document, String stream) {
        return Nodes.plain(document.stream(stream).orElseThrow().below("source"));
    }

    private static Document document(String yaml) {
        return Document.of(node(yaml));
    }

    private static Node node(String yaml) {
        return YamlReader.read(yaml, "test", new Problems());
    }
}
