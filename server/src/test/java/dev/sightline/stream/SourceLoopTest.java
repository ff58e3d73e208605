package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.CaptureClock;
import dev.sightline.source.Numbering;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the log says of a source that is lost. */
class SourceLoopTest {
    private final Logger logger = Logger.getLogger(SourceLoop.class.getName());
    private final List<String> lines = new ArrayList<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            lines.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final Numbering numbering = new Numbering(CaptureClock.system());
    private final StreamStateTracker signal = new StreamStateTracker(numbering.clock(), () -> {});
    private final SourceLoop loop = new SourceLoop(
            new Intake.Target(
                    "cam", numbering, new PictureSlot(), signal, new Demand(true, System::nanoTime), () -> {}),
            new ScriptedSource(64, 48));

    @BeforeEach
    void record() {
        logger.setUseParentHandlers(false);
        logger.addHandler(recorder);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(recorder);
        logger.setUseParentHandlers(true);
    }

    @Test
    void check_lossThatLasts_isToldOnce() {
        lose("nobody answers");
        lose("nobody answers still");
        assertThat(lines).containsExactly("stream 'cam': nobody answers; trying again");
    }

    @Test
    void check_lossAfterNobodyWatched_isToldAnew() {
        lose("nobody answers");
        signal.idle();
        loop.check();
        lose("the password is wrong");
        assertThat(lines)
                .containsExactly(
                        "stream 'cam': nobody answers; trying again",
                        "stream 'cam': the password is wrong; trying again");
    }

    private void lose(String why) {
        signal.opening();
        signal.interrupted(why);
        loop.check();
    }
}
