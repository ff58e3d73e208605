package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LoggingTest {
    private static String line(LogRecord event) {
        return new Logging.OneLine(() -> 0).format(event);
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
    void aFloodOfLines_isBounded_andWhatWasLeftOutIsTold() {
        AtomicLong now = new AtomicLong();
        LogVolume volume = new LogVolume(now::get);
        Logging.OneLine format = new Logging.OneLine(volume::leftOut);
        LogRecord event = new LogRecord(Level.WARNING, "x".repeat(460));

        assertThat(taken(volume, format, event)).isEqualTo(128 * 1024 / 500);
        now.set(TimeUnit.SECONDS.toNanos(60));
        assertThat(format.format(event)).contains("before this one were left out");
        assertThat(taken(volume, format, event)).isBetween(64 * 1024 / 500 - 1, 64 * 1024 / 500);
    }

    private static int taken(LogVolume volume, Logging.OneLine format, LogRecord event) {
        int taken = 0;
        for (int i = 0; i < 10_000; i++) {
            if (volume.isLoggable(event)) {
                format.format(event);
                taken++;
            }
        }
        return taken;
    }

    @Test
    void whatIsLongerThanAScreen_isCut() {
        assertThat(line(new LogRecord(Level.INFO, "x".repeat(1_000_000)))).hasSizeBetween(4_000, 4_100);
    }
}
