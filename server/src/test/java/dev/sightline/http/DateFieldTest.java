package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class DateFieldTest {
    @Test
    void now_isThePresentSecond_andGoesOn() {
        Instant first = between();
        Await.until("the next second", () -> between().isAfter(first));
    }

    private static Instant between() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant said = ZonedDateTime.parse(DateField.now(), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
        assertThat(said).isBetween(before, Instant.now());
        return said;
    }
}
