package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.config.ConfigException;
import dev.sightline.processor.ProcessorFactory;
import dev.sightline.testkit.Await;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCodeTest {
    @TempDir
    private Path folder;

    private final UserCode code = new UserCode();
    private final Preparation preparation = Preparation.within(Duration.ofMinutes(1));

    @BeforeEach
    void write() throws IOException {
        write("Mine", 1);
        write("Other", 1);
    }

    @Test
    void load_sameContent_givesTheSameFactories_whenItIsSavedAgainToo() throws IOException {
        ProcessorFactory<?> first = load("Mine");
        write("Mine", 1);
        assertThat(load("Mine")).isSameAs(first);
        assertThat(code.load(folder.resolve("x/../Mine.java").toString(), folder, preparation)
                        .get(0))
                .as("by another way to it")
                .isSameAs(first);
    }

    @Test
    void load_otherContent_givesOthers() throws IOException {
        ProcessorFactory<?> first = load("Mine");
        write("Mine", 2);
        ProcessorFactory<?> second = load("Mine");
        assertThat(second).isNotSameAs(first);
        assertThat(second.name()).isEqualTo(first.name());
        assertThat(load("Mine")).isSameAs(second);
    }

    @Test
    void load_contentThatFails_leavesTheOneBefore() throws IOException {
        ProcessorFactory<?> first = load("Mine");
        code.use();
        Files.writeString(folder.resolve("Mine.java"), "no Java");
        assertThatThrownBy(() -> load("Mine")).isInstanceOf(ConfigException.class);
        Files.delete(folder.resolve("Mine.java"));
        assertThatThrownBy(() -> load("Mine")).hasMessageContaining("there is no file");
        write("Mine", 1);
        assertThat(load("Mine")).isSameAs(first);
    }

    @Test
    void look_fileThatIsNotInForceAnyMore_isLoadedAgain() {
        ProcessorFactory<?> mine = load("Mine");
        ProcessorFactory<?> other = load("Other");
        code.use();
        code.look(true);
        assertThat(load("Mine")).isSameAs(mine);
        code.use();
        code.look(true);
        assertThat(load("Other")).isNotSameAs(other);
    }

    @Test
    void look_notAnew_givesWhatIsInForce_whateverTheFileSaysNow() throws IOException {
        ProcessorFactory<?> first = load("Mine");
        code.use();
        Files.writeString(folder.resolve("Mine.java"), "no Java");
        code.look(false);
        assertThat(load("Mine")).isSameAs(first);
        code.look(true);
        assertThatThrownBy(() -> load("Mine")).isInstanceOf(ConfigException.class);
    }

    @Test
    void load_contentOfALookThatWasRefused_isNotWhatIsInForce() throws IOException {
        ProcessorFactory<?> first = load("Mine");
        code.use();
        write("Mine", 2);
        code.look(true);
        ProcessorFactory<?> second = load("Mine");
        code.look(false);
        assertThat(load("Mine")).isSameAs(first);
        code.look(true);
        assertThat(load("Mine")).as("loaded once").isNotSameAs(first).isNotSameAs(second);
        write("Mine", 1);
        code.look(true);
        assertThat(load("Mine")).as("taken back").isSameAs(first);
    }

    @Test
    void use_anotherVersion_freesTheOneBefore() throws IOException {
        WeakReference<?> first = new WeakReference<>(load("Mine"));
        code.use();
        write("Mine", 2);
        code.look(true);
        load("Mine");
        code.use();
        Await.until("it is freed", () -> {
            System.gc();
            return first.get() == null;
        });
    }

    private ProcessorFactory<?> load(String name) {
        List<ProcessorFactory<?>> factories = code.load("./" + name + ".java", folder, preparation);
        assertThat(factories).hasSize(1);
        return factories.get(0);
    }

    private void write(String name, int version) throws IOException {
        Files.writeString(folder.resolve(name + ".java"), """
                public class NAME implements dev.sightline.processor.FrameProcessor {
                    public void process(dev.sightline.frame.Frame frame) { frame.metadata().put("version", VERSION); }
                }
                """.replace("NAME", name)
                .replace("VERSION", Integer.toString(version)));
    }
}
