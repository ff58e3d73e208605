package dev.sightline.http.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RateLimitedLogTest {
    private final Logger logger = Logger.getLogger("fault-log-test");
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
    private long now = Long.MAX_VALUE - 5; // it overflows on the way
    private final RateLimitedLog log =
            new RateLimitedLog(LoggerFactory.getLogger("fault-log-test"), Duration.ofSeconds(1), () -> now);

    @BeforeEach
    void record() {
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.ALL);
        logger.addHandler(recorder);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(recorder);
    }

    @Test
    void whatStrangersSay_isCut_andBeginsNoLine() {
        log.report("refused x\n2026-01-01 error\r\u001b[2J\u2028\u202e" + "y".repeat(15_000_000));
        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("refused x?2026-01-01 error??[2J??yyy")
                        .hasSizeLessThan(510));
    }

    @Test
    void aTabForgottenForADay_writesAFewLines() {
        for (int i = 0; i < 24 * 3600; i += 5) {
            log.report("pages of evil may not do this");
            pass(Duration.ofSeconds(5));
        }
        assertThat(lines)
                .containsExactly(
                        "pages of evil may not do this",
                        "pages of evil may not do this (10 times so far)",
                        "pages of evil may not do this (100 times so far)",
                        "pages of evil may not do this (1000 times so far)",
                        "pages of evil may not do this (10000 times so far)");
    }

    @Test
    void anotherReason_isLoggedAtOnce_thoughOneRepeats() {
        log.report("one");
        pass(Duration.ofSeconds(2));
        log.report("one");
        log.report("two", new IllegalStateException("as the test wants it"));
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void anotherFault_underTheSameName_isLoggedAtOnce() {
        for (int i = 0; i < 1_000; i++) {
            log.report("a handler failed", new IllegalStateException("as the test wants it"));
            pass(Duration.ofSeconds(2));
        }
        lines.clear();
        log.report("a handler failed", new ArithmeticException("as the test wants it"));
        assertThat(lines).hasSize(1);
    }

    @Test
    void withinAPeriod_isCountedInTheNextLine() {
        log.report("one");
        log.report("two");
        log.report("three");
        pass(Duration.ofSeconds(2));
        log.report("four");
        log.report("two");
        assertThat(lines).containsExactly("one", "four (and 2 more before)");
        pass(Duration.ofSeconds(2));
        log.report("two");
        assertThat(lines).last().isEqualTo("two (3 times so far) (and 1 more before)");
    }

    @Test
    void afterAnHourWithoutIt_itIsNewsAgain() {
        log.report("one");
        pass(Duration.ofMinutes(61));
        log.report("one");
        assertThat(lines).containsExactly("one", "one");
    }

    @Test
    void reasonsThatAStrangerMakesUp_shareOneCount() {
        for (int i = 0; i < 3_000; i++) {
            log.report("there is no event " + i);
            pass(Duration.ofSeconds(1));
        }
        assertThat(lines).hasSize(100 + 4); // the others at 1, 10, 100 and 1000
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
