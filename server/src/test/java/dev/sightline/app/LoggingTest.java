package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LoggingTest {
    private static String line(LogRecord event) {
        return new Logging.OneLine().format(event);
    }

    @Test
    void whatStrangersSay_beginsNoLineOfItsOwn() {
        String said = "refused x\n2026-01-01 00:00:00 error   disk full\r\u001b[2J\u2028\u202e\u0085";

        assertThat(line(new LogRecord(Level.WARNING, said)).lines())
                .singleElement()
                .satisfies(
                        only -> assertThat(only).endsWith("refused x?2026-01-01 00:00:00 error   disk full??[2J???"));
    }

    @Test
    void whatStrangersSay_inAFaultToo() {
        LogRecord event = new LogRecord(Level.SEVERE, "it failed");
        IllegalStateException fault = new IllegalStateException("a\nb");
        fault.setStackTrace(new StackTraceElement[0]);
        event.setThrown(fault);

        assertThat(line(event).lines()).hasSize(2).last().asString().endsWith("IllegalStateException: a?b");
    }

    @Test
    void whatIsLongerThanAScreen_isCut() {
        assertThat(line(new LogRecord(Level.INFO, "x".repeat(1_000_000)))).hasSizeBetween(4_000, 4_100);
    }
}
