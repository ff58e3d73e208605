package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Problems;
import dev.sightline.config.RecordBinder;
import dev.sightline.config.YamlReader;
import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.NoParameters;
import dev.sightline.processor.ProcessorFactory;
import dev.sightline.stream.Mirror;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamChangesTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String TWO = """
            streams:
              cam: {source: 'publish:', process: counted}
              door: {source: 'publish:'}
            """;

    private final StreamRegistry registry = new StreamRegistry();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final Additions additions = new Additions(
            List.of(new Counted(made, closed), new Faulty()),
            Additions.none().routes(),
            List.of(),
            Additions.none().socketIo(),
            Map.of());

    @AfterEach
    void close() {
        registry.close();
        assertThat(closed).as("each that was made").hasValue(made.get());
    }

    @Test
    void commit_streamsAddedChangedAndRemoved_touchesNoOther() throws Exception {
        Map<String, StreamPlan> before = start(TWO);
        NamedStream cam = registry.find("cam");
        NamedStream door = registry.find("door");

        StreamChanges changes = changes(before, """
                streams:
                  new: {source: 'mirror:'}
                  cam: {process: counted, max-viewers: 3, source: 'publish:'}
                """);
        changes.prepare();
        assertThat(names()).as("nothing has happened yet").containsExactly("cam", "door");
        assertThat(changes.commit().toCompletableFuture()).isCompleted();

        assertThat(names()).containsExactly("new", "cam");
        assertThat(registry.find("cam")).isSameAs(cam);
        assertThat(made).as("the step goes on").hasValue(1);
        assertThat(changes.summary().text()).isEqualTo("new added, cam changed, door removed");
        assertThatThrownBy(
                        () -> door.publish(List.of(), new dev.sightline.stream.Sender("test", "192.0.2.1", why -> {})))
                .hasMessageContaining("has ended");
    }

    @Test
    void commit_onlyTheNotationDiffers_changesNothing() {
        Map<String, StreamPlan> before = start(TWO);
        StreamChanges changes = changes(before, "\n\n" + TWO.replace("process: counted", "process: [counted: {}]"));
        changes.prepare();
        changes.commit();
        assertThat(changes.summary().isEmpty()).isTrue();
        assertThat(changes.summary().text()).isEqualTo("no stream changed");
        assertThat(made).hasValue(1);
    }

    @Test
    void commit_mirrorIntoSomethingElseAndBack_startsItAnew() throws Exception {
        Map<String, StreamPlan> mirror =
                start("streams: {a: {source: 'mirror:', process: counted}, b: {source: 'publish:'}}");
        NamedStream past = registry.find("a");
        StreamChanges changes =
                changes(mirror, "streams: {a: {source: 'publish:', process: counted}, b: {source: 'publish:'}}");
        changes.prepare();
        changes.commit();
        assertThat(registry.watchable("a")).isNotSameAs(past);
        assertThat(names()).as("in its place").containsExactly("a", "b");
        assertThat(changes.summary().text()).isEqualTo("a changed");

        StreamChanges back = changes(
                plans("streams: {a: {source: 'publish:', process: counted}, b: {source: 'publish:'}}"),
                "streams: {a: {source: 'mirror:'}, b: {source: 'publish:'}}");
        back.prepare();
        back.commit();
        assertThat(registry.find("a")).isInstanceOf(Mirror.class);
        Await.until("the stream between has ended", () -> closed.get() == made.get());
    }

    @Test
    void prepare_oneThatFails_discardsAll_andNamesEach() {
        Map<String, StreamPlan> before = start(TWO);
        StreamChanges changes = changes(before, """
                streams:
                  cam: {source: 'publish:', process: [counted, counted]}
                  door: {source: 'publish:', process: faulty}
                  more: {source: 'publish:', process: [counted, faulty]}
                  last: {source: 'publish:', process: counted}
                """);
        assertThatThrownBy(() -> changes.prepare())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("stream 'door'")
                .hasMessageContaining("stream 'more'")
                .hasMessageContaining("no model");

        assertThat(names()).containsExactly("cam", "door");
        assertThat(made).hasValue(4);
        assertThat(closed).as("all but the one that runs").hasValue(3);
    }

    @Test
    void discard_whatWasPrepared_isFreed() {
        Map<String, StreamPlan> before = start(TWO);
        StreamChanges changes = changes(
                before,
                TWO.replace("counted", "[counted, counted]") + "  more: {source: 'publish:', process: counted}\n");
        changes.prepare();
        changes.discard();
        assertThat(made).hasValue(3);
        assertThat(closed).hasValue(2);
        assertThat(names()).containsExactly("cam", "door");
    }

    private Map<String, StreamPlan> start(String yaml) {
        StreamChanges changes = changes(Map.of(), yaml);
        changes.prepare();
        changes.commit();
        return plans(yaml);
    }

    private StreamChanges changes(Map<String, StreamPlan> before, String yaml) {
        return new StreamChanges(before, plans(yaml), registry, Preparation.within(LONG));
    }

    private Map<String, StreamPlan> plans(String yaml) {
        Problems problems = new Problems();
        Written written = Written.of(
                Document.of(YamlReader.read(yaml + "\nworkers: none\n", "test", problems)), Path.of(""), problems);
        SightlineConfig config = new RecordBinder(problems, Path.of(""))
                .bind(written.effective(), SightlineConfig.class)
                .orElseThrow();
        return JudgedConfig.of(config, written, additions).streams();
    }

    private List<String> names() {
        return registry.all().stream().map(NamedStream::name).toList();
    }

    /** Counts its processors. */
    private record Counted(AtomicInteger made, AtomicInteger closed) implements ProcessorFactory<NoParameters> {
        @Override
        public String name() {
            return "counted";
        }

        @Override
        public String description() {
            return "It is counted.";
        }

        @Override
        public Class<NoParameters> parameters() {
            return NoParameters.class;
        }

        @Override
        public FrameProcessor create(NoParameters parameters) {
            made.incrementAndGet();
            return new FrameProcessor() {
                @Override
                public void process(Frame frame) {}

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }
    }

    /** Makes none. */
    private record Faulty() implements ProcessorFactory<NoParameters> {
        @Override
        public String name() {
            return "faulty";
        }

        @Override
        public String description() {
            return "It cannot be made.";
        }

        @Override
        public Class<NoParameters> parameters() {
            return NoParameters.class;
        }

        @Override
        public FrameProcessor create(NoParameters parameters) {
            throw new IllegalStateException("no model");
        }
    }
}
