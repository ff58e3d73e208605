package dev.sightline.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sample configuration, whose lines have comments. */
class YamlEditorSampleTest {
    private final List<String> lines;
    private final YamlEditor sample;

    YamlEditorSampleTest() throws IOException {
        String text = Files.readString(Path.of("..", "sightline.sample.yml"));
        lines = text.lines().toList();
        sample = YamlEditor.of(text, "sightline.sample.yml");
    }

    @Test
    void set_oneParameter_changesItsLine() {
        List<String> wanted = new ArrayList<>(lines);
        wanted.set(lines.indexOf("        quality: 80"), "        quality: 55");

        assertThat(sample.set(List.of("streams", "demo", "socket-io", "out", "quality"), 55)
                        .text()
                        .lines())
                .containsExactlyElementsOf(wanted);
    }

    @Test
    void set_parameterOfProcessor_changesItsLine() {
        List<String> wanted = new ArrayList<>(lines);
        wanted.set(lines.indexOf("    process: [motion]"), "    process: [{motion: {threshold: 0.5}}]");

        assertThat(sample.set(
                                List.of("streams", "demo", "process"),
                                List.of(Map.of("motion", Map.of("threshold", 0.5))))
                        .text()
                        .lines())
                .containsExactlyElementsOf(wanted);
    }

    @Test
    void set_newStream_appendsItsLines() {
        Map<String, Object> stream = new LinkedHashMap<>();
        stream.put("source", "rtsp://10.0.0.7/1");
        stream.put("process", List.of(Map.of("resize", Map.of("width", 400)), "clock"));
        stream.put("socket-io", Map.of("out", Map.of("event", "door")));
        List<String> wanted = new ArrayList<>(lines);
        wanted.addAll(
                afterStreams(),
                List.of(
                        "  door:",
                        "    source: rtsp://10.0.0.7/1",
                        "    process:",
                        "      - resize:",
                        "          width: 400",
                        "      - clock",
                        "    socket-io:",
                        "      out:",
                        "        event: door"));

        assertThat(sample.set(List.of("streams", "door"), stream).text().lines())
                .containsExactlyElementsOf(wanted);
    }

    @Test
    void remove_stream_takesItsLines() {
        List<String> wanted = new ArrayList<>(lines);
        YamlEditor two = sample.set(List.of("streams", "door", "source"), "camera:0");

        assertThat(two.remove(List.of("streams", "door")).text()).isEqualTo(sample.text());
        int start = wanted.indexOf("  demo:");
        List<String> emptied = new ArrayList<>(wanted.subList(0, start));
        emptied.addAll(lines.subList(afterStreams(), lines.size()));
        emptied.set(emptied.indexOf("streams:"), "streams: {}");
        assertThat(sample.remove(List.of("streams", "demo")).text().lines()).containsExactlyElementsOf(emptied);
        emptied.set(emptied.indexOf("streams: {}"), "streams:");
        emptied.addAll(start, List.of("  door:", "    source: camera:0"));
        assertThat(two.remove(List.of("streams", "demo")).text().lines()).containsExactlyElementsOf(emptied);
    }

    @Test
    void set_whatIsThereAlready_changesNothing() {
        Map<String, Object> http = Map.of("port", 8080, "host", "127.0.0.1", "trusted-proxies", List.of());
        YamlEditor edited = sample;
        for (Map.Entry<String, Object> each : http.entrySet()) {
            edited = edited.set(List.of("http", each.getKey()), each.getValue());
        }

        assertThat(edited.text()).isEqualTo(sample.text());
    }

    /** The line after the last of the streams. */
    private int afterStreams() {
        int next = lines.indexOf("profiles:");
        return lines.subList(0, next).lastIndexOf("");
    }
}
