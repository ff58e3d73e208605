package dev.sightline.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.app.configuration.SightlineConfig;
import dev.sightline.app.configuration.StreamConfig;
import dev.sightline.app.configuration.WorkersConfig;
import dev.sightline.auth.AuthSettings;
import dev.sightline.config.Problems;
import dev.sightline.config.RecordBinder;
import dev.sightline.config.YamlReader;
import dev.sightline.http.HttpSettings;
import dev.sightline.processor.Parameter;
import dev.sightline.socketio.PictureEvent;
import dev.sightline.socketio.StreamEvents;
import dev.sightline.source.EgressSettings;
import dev.sightline.transport.webrtc.WebRtcSettings;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample configuration tells the truth: it loads, and names every key with its sentence and its default. */
class SampleConfigTest {
    private static final Path FILE = Path.of("..", "sightline.sample.yml");

    @Test
    void sample_loads() throws IOException {
        Problems problems = new Problems();
        SightlineConfig config = new RecordBinder(problems)
                .bind(YamlReader.read(Files.readString(FILE), "sample", problems), SightlineConfig.class)
                .orElseThrow();

        assertThat(problems.found()).isEmpty();
        assertThat(config.http()).isEqualTo(HttpSettings.DEFAULTS);
    }

    static Stream<RecordComponent> everyKey() {
        return Stream.of(
                        SightlineConfig.class,
                        HttpSettings.class,
                        StreamConfig.class,
                        StreamEvents.class,
                        PictureEvent.class,
                        StreamEvents.SendEvent.class,
                        WebRtcSettings.class,
                        EgressSettings.class,
                        AuthSettings.class,
                        AuthSettings.User.class,
                        AuthSettings.Token.class,
                        AuthSettings.Jwt.class,
                        WorkersConfig.class)
                .flatMap(RecordBinder::components);
    }

    @ParameterizedTest
    @MethodSource("everyKey")
    void sample_namesTheKeyWithItsSentenceAndDefault(RecordComponent key) throws IOException {
        List<String> lines =
                Files.readAllLines(FILE).stream().map(String::strip).toList();
        Parameter parameter = key.getAnnotation(Parameter.class);
        int sentence = lines.indexOf("# " + parameter.value());

        assertThat(sentence)
                .as("the sentence of '%s': %s", key.getName(), parameter.value())
                .isNotNegative();
        String line = lines.get(sentence + 1);
        assertThat(line).startsWith(RecordBinder.dashed(key.getName()) + ":");
        if (!parameter.byDefault().isEmpty()) {
            assertThat(line).isEqualTo(RecordBinder.dashed(key.getName()) + ": " + parameter.byDefault());
        }
    }
}
