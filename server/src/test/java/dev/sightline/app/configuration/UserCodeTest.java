package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.config.ConfigException;
import dev.sightline.processor.ProcessorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCodeTest {
    @TempDir
    private Path folder;

    private final UserCode code = new UserCode();

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
        assertThat(code.load(folder.resolve("x/../Mine.java").toString(), folder)
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
        Files.writeString(folder.resolve("Mine.java"), "no Java");
        assertThatThrownBy(() -> load("Mine")).isInstanceOf(ConfigException.class);
        Files.delete(folder.resolve("Mine.java"));
        assertThatThrownBy(() -> load("Mine")).hasMessageContaining("there is no file");
        write("Mine", 1);
        assertThat(load("Mine")).isSameAs(first);
    }

    @Test
    void forgetOthers_fileThatWasNotAskedFor_isLoadedAgain() {
        ProcessorFactory<?> mine = load("Mine");
        ProcessorFactory<?> other = load("Other");
        code.look();
        load("Mine");
        code.forgetOthers();
        assertThat(load("Mine")).isSameAs(mine);
        assertThat(load("Other")).isNotSameAs(other);
    }

    private ProcessorFactory<?> load(String name) {
        List<ProcessorFactory<?>> factories = code.load("./" + name + ".java", folder);
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
