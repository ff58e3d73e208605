package dev.sightline.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.app.configuration.SightlineConfig;
import dev.sightline.app.configuration.StreamConfig;
import dev.sightline.http.HttpSettings;
import dev.sightline.processor.NoParameters;
import dev.sightline.processor.Parameter;
import dev.sightline.processor.ProcessorFactory;
import dev.sightline.socketio.PictureEvent;
import dev.sightline.socketio.StreamEvents;
import dev.sightline.transport.webrtc.WebRtcSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecordWriterTest {
    private static final Place BODY = Place.member("");
    private static final int RECORDS = 50;

    enum Colour {
        GREEN,
        DARK_RED
    }

    record Inner(
            @Parameter(value = "A width.", byDefault = "640", min = 1, max = 8192)
            int width,

            Optional<Double> scale) {}

    record Group(
            @Parameter(value = "A colour.", byDefault = "green")
            Colour mainColour) {}

    record Outer(
            String name,
            @Unwrapped Group group,

            @Parameter(value = "A time.", byDefault = "500ms")
            Duration timeOut,

            @Parameter(value = "Names.", byDefault = "one") List<String> names,
            Map<String, Inner> parts,
            Inner main,
            Node process,
            Path file) {}

    /** Kinds that no configuration of ours has. */
    record Further(
            List<Inner> list,
            Optional<List<String>> texts,
            Optional<Inner> inner,
            List<Colour> colours,
            Map<String, Duration> times,
            long number,
            Boolean flag,
            Node node) {}

    private final Outer plain = new Outer(
            "cam",
            new Group(Colour.GREEN),
            Duration.ofMillis(500),
            List.of("one"),
            Map.of(),
            new Inner(640, Optional.empty()),
            new Node.Mapping(Map.of(), Place.NOWHERE),
            Path.of("a.txt"));

    private final Outer other = new Outer(
            "cam",
            new Group(Colour.DARK_RED),
            Duration.ofSeconds(90),
            List.of(),
            Map.of("First One", new Inner(640, Optional.empty())),
            new Inner(640, Optional.of(2.0)),
            Nodes.of(List.of(Map.of("resize", Map.of("width", 400))), Place.NOWHERE),
            Path.of("a.txt"));

    @Test
    void all_defaults_hasEveryKeyThatHasAValue() {
        assertThat(RecordWriter.all(plain))
                .containsExactly(
                        Map.entry("name", "cam"),
                        Map.entry("main-colour", "green"),
                        Map.entry("time-out", "500ms"),
                        Map.entry("names", List.of("one")),
                        Map.entry("main", Map.of("width", 640)),
                        Map.entry("file", "a.txt"));
    }

    @Test
    void changed_defaults_hasTheMandatoryKeysOnly() {
        assertThat(RecordWriter.changed(plain)).containsExactly(Map.entry("name", "cam"), Map.entry("file", "a.txt"));
    }

    @Test
    void changed_otherValues_hasWhatDiffers() {
        assertThat(RecordWriter.changed(other))
                .containsExactly(
                        Map.entry("name", "cam"),
                        Map.entry("main-colour", "dark-red"),
                        Map.entry("time-out", "90s"),
                        Map.entry("names", List.of()),
                        Map.entry("parts", Map.of("First One", Map.of())),
                        Map.entry("main", Map.of("scale", 2L)),
                        Map.entry("process", List.of(Map.of("resize", Map.of("width", "400")))),
                        Map.entry("file", "a.txt"));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.5S, 500ms",
        "PT1.5S, 1500ms",
        "PT10S, 10s",
        "PT90S, 90s",
        "PT2M, 2m",
        "PT100M, 100m",
        "PT36H, 36h",
        "PT0.000000001S, 0.000001ms",
        "PT1.000000001S, 1000.000001ms",
        "PT8760H, 8760h"
    })
    void written_aTime_isReadBackExactly(Duration time, String text) {
        Map<String, Object> written = RecordWriter.all(new Further(
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of("time", time),
                0,
                true,
                new Node.Empty(BODY)));

        assertThat(written).containsEntry("times", Map.of("time", text));
        assertThat(bind(written, Further.class)).map(Further::times).contains(Map.of("time", time));
    }

    static List<Class<? extends Record>> records() {
        List<Class<? extends Record>> types = new ArrayList<>(List.of(
                SightlineConfig.class,
                HttpSettings.class,
                WebRtcSettings.class,
                StreamConfig.class,
                StreamEvents.class,
                StreamEvents.SendEvent.class,
                PictureEvent.class,
                NoParameters.class,
                Further.class));
        for (ProcessorFactory<?> factory : ServiceLoader.load(ProcessorFactory.class)) {
            types.add(factory.parameters());
        }
        return types;
    }

    @Test
    void records_areThoseOfManyProcessors() {
        assertThat(records()).hasSizeGreaterThan(18);
    }

    @ParameterizedTest
    @MethodSource("records")
    void written_anyRecord_isBoundToAnEqualOne(Class<? extends Record> type) throws ReflectiveOperationException {
        RandomRecords random = new RandomRecords(type.getName().hashCode());
        for (int i = 0; i < RECORDS; i++) {
            Record record = random.next(type, BODY);

            assertThat(bind(RecordWriter.all(record), type).orElseThrow()).isEqualTo(record);
            assertThat(bind(RecordWriter.changed(record), type).orElseThrow()).isEqualTo(record);
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void written_defaults_areBoundToAnEqualRecord(Class<? extends Record> type) {
        Optional<? extends Record> defaults = new RecordBinder(new Problems()).bind(new Node.Empty(BODY), type);
        if (defaults.isPresent()) {
            assertThat(bind(RecordWriter.all(defaults.get()), type)).isEqualTo(defaults);
            assertThat(RecordWriter.changed(defaults.get())).isEmpty();
        }
    }

    private static <R extends Record> Optional<R> bind(Map<String, Object> json, Class<R> type) {
        Problems problems = new Problems();
        Optional<R> bound = new RecordBinder(problems).bind(Nodes.of(json, BODY), type);
        assertThat(problems.found()).isEmpty();
        return bound;
    }
}
