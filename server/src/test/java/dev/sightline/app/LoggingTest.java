package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.config.ConfigException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

    @Test
    void json_isOneObjectPerLineWithTheStreamItIsAbout() {
        LogRecord event = new LogRecord(Level.WARNING, "stream 'door': rtsp://me:secret@192.0.2.7/ is \"away\"\n{}");
        event.setLoggerName("dev.sightline.stream.SourceLoop");
        event.setInstant(Instant.parse("2026-01-02T03:04:05.678901Z"));

        String line = new JsonLines(() -> 3).format(event);

        assertThat(line.lines()).hasSize(1);
        JsonNode json = new JsonMapper().readTree(line);
        assertThat(json.propertyNames())
                .containsExactly("time", "level", "logger", "thread", "stream", "message", "leftOut");
        assertThat(json.path("time").asString()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(json.path("level").asString()).isEqualTo("warning");
        assertThat(json.path("logger").asString()).isEqualTo("dev.sightline.stream.SourceLoop");
        assertThat(json.path("stream").asString()).isEqualTo("door");
        assertThat(json.path("message").asString()).contains("\"away\"?{}").doesNotContain("secret");
        assertThat(json.path("leftOut").asInt()).isEqualTo(3);
    }

    @Test
    void json_ofAStreamsThread_namesItsStream() throws InterruptedException {
        AtomicReference<String> line = new AtomicReference<>("");
        Thread thread = new Thread(
                () -> line.set(new JsonLines(() -> 0).format(new LogRecord(Level.INFO, "x"))), "back-door-reader");
        thread.start();
        thread.join();

        JsonNode json = new JsonMapper().readTree(line.get());
        assertThat(json.path("stream").asString()).isEqualTo("back-door");
        assertThat(json.path("thread").asString()).isEqualTo("back-door-reader");
    }

    @Test
    void aFault_hasItsPlaces_butAMistakeOfTheUserHasNone() {
        LogRecord fault = new LogRecord(Level.SEVERE, "it failed");
        fault.setThrown(new IllegalStateException("broken", new ConfigException("the port is taken")));
        LogRecord mistake = new LogRecord(Level.SEVERE, "it is wrong");
        mistake.setThrown(new ConfigException("line 3: unknown key"));

        JsonNode json = new JsonMapper().readTree(new JsonLines(() -> 0).format(fault));
        assertThat(json.path("error").asString()).contains("broken; caused by ", "the port is taken");
        assertThat(json.path("stack").size()).isEqualTo(8);
        assertThat(new JsonMapper()
                        .readTree(new JsonLines(() -> 0).format(mistake))
                        .has("stack"))
                .isFalse();
        assertThat(line(mistake)).contains("line 3: unknown key").doesNotContain("  at ");
        assertThat(line(fault)).contains("  at ");
    }
}
