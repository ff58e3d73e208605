package dev.sightline.source.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MediaClockTest {
    private static final long START = -77;

    private final MediaClock clock = new MediaClock(START);

    @Test
    void tellsRecording_ofWhatComesFasterThanAnyBurst_isTrue() {
        feed(0, 10_000, 0, 1000);
        assertThat(clock.tellsRecording()).isFalse();
        feed(10_000, 12_000, 1000, 1200);
        assertThat(clock.tellsRecording()).isTrue();
        assertThat(clock.tellsRecordingAtEnd()).isTrue();
    }

    @Test
    void tellsRecording_ofALiveStreamThatBeginsWithABurst_isFalseForever() {
        feed(0, 9_000, 0, 100);
        for (int second = 0; second < 300; second++) {
            feed(9_000 + second * 1000L, 10_000 + second * 1000L, 100 + second * 1000L, 1100 + second * 1000L);
            assertThat(clock.tellsRecording()).isFalse();
        }
        assertThat(clock.tellsRecordingAtEnd()).isFalse();
    }

    @Test
    void tellsRecording_ofAClockThatIsALittleFast_isFalseAfterDays() {
        for (long second = 0; second < 200_000; second++) {
            clock.note(second * 1_000_100_000L, START + second * 1_000_000_000L);
            assertThat(clock.tellsRecording()).isFalse();
        }
    }

    @Test
    void tellsRecording_ofTimestampsThatJump_isFalse() {
        feed(0, 1_000, 0, 1000);
        feed(3_600_000, 3_601_000, 1000, 2000);
        feed(500, 1_500, 2000, 3000);
        assertThat(clock.tellsRecording()).isFalse();
    }

    @Test
    void tellsRecordingAtEnd_ofAShortOneWhosePicturesAreReordered_countsEachOnce() {
        long[] order = {0, 120, 40, 80, 240, 160, 200, 360, 280, 320};
        clock.note(0, START + nanos(5_000));
        for (long time : order) {
            clock.note(nanos(time), START + nanos(5_300));
        }
        assertThat(clock.tellsRecordingAtEnd()).isFalse();
        clock.note(nanos(440), START + nanos(5_310));
        assertThat(clock.tellsRecordingAtEnd()).isTrue();
    }

    /** Timestamps and instants that go evenly from one millisecond to another. */
    private void feed(long fromTime, long toTime, long fromNow, long toNow) {
        for (int i = 0; i <= 100; i++) {
            long time = nanos(fromTime) + i * nanos(toTime - fromTime) / 100;
            clock.note(time, START + nanos(fromNow) + i * nanos(toNow - fromNow) / 100);
        }
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
