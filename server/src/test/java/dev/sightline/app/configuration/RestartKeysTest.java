package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.config.Problems;
import dev.sightline.config.RecordBinder;
import dev.sightline.config.YamlReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartKeysTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{port: 1}             | {port: 2}             | http: port is 2 from the next start on; it stays 1 until then",
                "{tls: off}            | {tls: auto}           | http: tls is auto from the next start on; it stays off until then",
                "{tls: 'a.pem, b.pem'} | {tls: off}            | http: tls is off from the next start on; it stays a.pem, b.pem until then",
                "{host: 0.0.0.0}       | {}                    | http: host is 127.0.0.1 from the next start on; it stays 0.0.0.0 until then",
            })
    void differing_whereItListens_isSaid(String started, String now, String words) {
        assertThat(differing("http: " + started, "http: " + now)).containsExactly(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{tls: auto}           | {tls: 'a.pem, b.pem'}",
                "{tls: auto}           | {tls: auto, tls-names: [sightline.lan]}",
                "{}                    | {allowed-origins: ['http://page.example'], allowed-hosts: [x.example]}",
                "{port: 8080}          | {}",
            })
    void differing_whatChangesAtOnce_isNot(String started, String now) {
        assertThat(differing("http: " + started, "http: " + now)).isEmpty();
    }

    @Test
    void differing_workers_theirMemoryIsSaid_andWhichIsSharedIsNot() {
        assertThat(differing("workers: {memory: 512}", "workers: {memory: 1024, shared: none}"))
                .containsExactly("workers: memory is 1024 from the next start on; it stays 512 until then");
    }

    @Test
    void differing_severalSections_areInOrder() {
        assertThat(differing("{}", "{http: {port: 7, max-connections: 9}, webrtc: {port: 8}}"))
                .hasSize(3)
                .allSatisfy(words -> assertThat(words).contains("from the next start on"))
                .satisfies(words -> assertThat(words.get(2)).startsWith("webrtc: port is 8"));
    }

    private static List<String> differing(String started, String now) {
        return RestartKeys.differing(config(started), config(now));
    }

    private static SightlineConfig config(String yaml) {
        Problems problems = new Problems();
        SightlineConfig config = new RecordBinder(problems, Path.of(""))
                .bind(YamlReader.read(yaml, "test", problems), SightlineConfig.class)
                .orElseThrow();
        problems.throwIfAny();
        return config;
    }
}
