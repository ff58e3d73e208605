package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and parameters of the user's processors, which are code that may never return either. */
class HungJudgingTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    /** It hangs until this property is set. */
    private static final String OPEN = HungJudgingTest.class.getName() + ".open";

    private static final String HANG = "while (System.getProperty(\"" + OPEN + "\") == null) Thread.onSpinWait();";

    private static final String CONFIG = """
            processors: [./Mine.java, ./Other.java]
            streams:
              cam: {source: 'publish:', process: [{mine: {size: 1}}, other]}
            """;

    private static final String MINE = """
            import dev.sightline.processor.*;
            public final class Mine implements ProcessorFactory<Mine.Size> {
                public record Size(int size) {
                    public Size { if (size > 1) { HANG } }
                }
                public String name() { /* here */ return "mine"; }
                public String description() { return "Mine."; }
                public Class<Size> parameters() { return Size.class; }
                public FrameProcessor create(Size size) { return frame -> {}; }
            }
            """.replace("HANG", HANG);

    private static final String OTHER = """
            public final class Other implements dev.sightline.processor.FrameProcessor {
                public void process(dev.sightline.frame.Frame frame) {}
            }
            """;

    @TempDir
    private Path folder;

    private final UserCode code = new UserCode();

    @BeforeEach
    void start() {
        System.clearProperty(OPEN);
        save("Mine.java", MINE);
        save("Other.java", OTHER);
        judge(CONFIG, true, LONG);
        code.use();
    }

    @AfterEach
    void open() {
        System.setProperty(OPEN, "yes");
        Await.until("no thread is left", () -> Preparation.left() == 0);
    }

    @Test
    void of_nameThatNeverReturnsTwice_isRefusedAtOnce_whateverElseIsSaved() {
        save("Mine.java", MINE.replace("/* here */", HANG));
        hangTwice(CONFIG);
        assertRefusedAtOnce(() -> judge("# unrelated\n\n" + CONFIG.replace("'publish:'", "'pattern:'"), true, LONG));
    }

    @Test
    void of_nameThatNeverReturns_leavesTheCodeInForce_andItsMendedVersion() {
        save("Mine.java", MINE.replace("/* here */", HANG));
        hangTwice(CONFIG);
        judge(CONFIG, false, LONG);
        save("Mine.java", MINE.replace("/* here */", "/* mended */"));
        judge(CONFIG, true, LONG);
    }

    @Test
    void of_parametersThatNeverReturnTwice_areRefusedAtOnce_andOthersAreNot() {
        String large = CONFIG.replace("size: 1", "size: 2");
        hangTwice(large);
        assertRefusedAtOnce(() -> judge(large.replace("'publish:'", "'pattern:'"), true, LONG));
        judge(CONFIG, true, LONG);
    }

    @Test
    void of_parametersInAProfileThatNeverReturnTwice_areRefusedAtOnce_andOthersAreNot() {
        String large = CONFIG + "profiles: {night: {cam: {process: [{mine: {size: 2}}]}}}\n";
        hangTwice(large);
        assertRefusedAtOnce(() -> judge(large.replace("cam: {process", "cam: {max-viewers: 3, process"), true, LONG));
        judge(CONFIG, true, LONG);
    }

    private void hangTwice(String yaml) {
        for (int i = 0; i < Preparation.MOST_OF_SAME; i++) {
            assertThatThrownBy(() -> judge(yaml, true, SHORT))
                    .isInstanceOf(UnfinishedException.class)
                    .hasMessageContaining("did not get ready within 1 s");
        }
    }

    private static void assertRefusedAtOnce(ThrowingCallable judging) {
        assertThatThrownBy(judging)
                .isInstanceOf(UnfinishedException.class)
                .hasMessageContaining("a processor or its parameters did not get ready 2 times before");
    }

    private void judge(String yaml, boolean anew, Duration longest) {
        ConfigFile file = ConfigFile.read(save("sightline.yml", yaml), name -> Optional.empty());
        code.look(anew);
        JudgedConfig judged =
                JudgedConfig.of(file.config(), file.written(), Additions.none(), code, Preparation.within(longest));
        assertThat(judged.streams()).containsOnlyKeys("cam");
    }

    private Path save(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
