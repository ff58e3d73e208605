package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.NoParameters;
import dev.sightline.processor.ProcessorFactory;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveConfigurationTest {
    private static final String ONE = "{workers: none, streams: {cam: {source: 'publish:', process: slow}}}\n";
    private static final String OTHER =
            "{workers: none, streams: {cam: {source: 'publish:'}, door: {source: 'publish:'}}}\n";

    @TempDir
    private Path folder;

    @Test
    void start_fileIsSavedWhileProcessorsAreMade_isAppliedAfterwards() throws IOException {
        Path file = Files.writeString(folder.resolve("sightline.yml"), ONE);
        Additions additions = new Additions(
                List.of(new Saving(file)),
                Additions.none().routes(),
                List.of(),
                Additions.none().socketIo(),
                Map.of());
        ConfigFile read = ConfigFile.read(file);
        UserCode code = new UserCode();
        JudgedConfig judged = JudgedConfig.of(read.config(), read.written(), additions, code);
        ConfigOrigin origin = new ConfigOrigin(Optional.of(file), UnaryOperator.identity());
        try (StreamRegistry registry = new StreamRegistry();
                LiveConfiguration live =
                        new LiveConfiguration(origin, read.written(), judged, additions, code, registry)) {
            live.start();
            Await.until("the other stream", () -> registry.all().size() == 2);
            assertThat(registry.all()).extracting(NamedStream::name).containsExactly("cam", "door");
        }
    }

    @Test
    void change_isToldWhenAllThatTakesIt_hasIt() throws IOException {
        Path file = Files.writeString(
                folder.resolve("sightline.yml"), "workers: none\nstreams: {cam: {source: 'publish:'}}\n");
        ConfigFile read = ConfigFile.read(file);
        UserCode code = new UserCode();
        JudgedConfig judged = JudgedConfig.of(read.config(), read.written(), Additions.none(), code);
        ConfigOrigin origin = new ConfigOrigin(Optional.of(file), UnaryOperator.identity());
        List<String> order = new CopyOnWriteArrayList<>();
        try (StreamRegistry registry = new StreamRegistry();
                LiveConfiguration live =
                        new LiveConfiguration(origin, read.written(), judged, Additions.none(), code, registry)) {
            live.start();
            long before = live.state().revision();
            live.onApplied(
                    applied -> order.add(live.state().revision() == before ? "taken, not shown" : "shown, not taken"));
            live.onEvent(event -> order.add("told"));
            Files.writeString(file, "workers: none\nstreams: {door: {source: 'publish:'}}\n");
            live.reload();
            Await.until("both", () -> order.size() >= 2);
            assertThat(order).startsWith("taken, not shown", "told");
        }
    }

    /** Its file is saved while it makes a processor. */
    private record Saving(Path file) implements ProcessorFactory<NoParameters> {
        @Override
        public String name() {
            return "slow";
        }

        @Override
        public String description() {
            return "It takes long to make.";
        }

        @Override
        public Class<NoParameters> parameters() {
            return NoParameters.class;
        }

        @Override
        public FrameProcessor create(NoParameters parameters) {
            try {
                Files.writeString(file, OTHER);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return frame -> {};
        }
    }
}
