package dev.sightline.source.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final long SECOND = 1_000_000_000;
    private static final long INTERVAL = 40_000_000;

    private final Timetable timetable = new Timetable();
    private long now = 77 * SECOND;

    @Test
    void due_first_isNow() {
        assertThat(due(123 * SECOND)).isEqualTo(now);
    }

    @Test
    void due_later_followsTheTimesWhateverTheClockSays() {
        long start = due(5 * SECOND);
        now += SECOND / 2;
        assertThat(due(5 * SECOND + 100)).isEqualTo(start + 100);
        assertThat(due(6 * SECOND)).isEqualTo(start + SECOND);
    }

    @Test
    void due_jumpBackOrFarAhead_takesTheUsualInterval() {
        long start = due(5 * SECOND);
        assertThat(due(2 * SECOND)).isEqualTo(start + INTERVAL);
        assertThat(due(5_000 * SECOND)).isEqualTo(start + 2 * INTERVAL);
        assertThat(due(5_000 * SECOND)).isEqualTo(start + 3 * INTERVAL);
    }

    @Test
    void due_withoutTimes_takesTheUsualInterval() {
        long start = timetable.due(OptionalLong.empty(), INTERVAL, now);
        assertThat(timetable.due(OptionalLong.empty(), INTERVAL, now)).isEqualTo(start + INTERVAL);
    }

    @Test
    void due_manyRounds_addUpExactly() {
        long start = now;
        for (int picture = 0; picture < 250; picture++) {
            if (picture % 25 == 0) {
                timetable.beginAgain();
            }
            long due = due(picture % 25 * INTERVAL);
            assertThat(due).isEqualTo(start + picture * INTERVAL);
            now = due;
        }
    }

    @Test
    void due_moreThanASecondLate_goesOnFromNow() {
        due(0);
        now += 5 * SECOND;
        assertThat(due(INTERVAL)).isEqualTo(now);
        assertThat(due(2 * INTERVAL)).isEqualTo(now + INTERVAL);
    }

    private long due(long time) {
        return timetable.due(OptionalLong.of(time), INTERVAL, now);
    }
}
