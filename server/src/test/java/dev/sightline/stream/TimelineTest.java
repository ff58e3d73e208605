package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.RtpTime;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final Timeline timeline = new Timeline();

    @Test
    void ofPicture_captureTimesThatAdvance_areTaken() {
        assertThat(timeline.ofPicture(1, START)).isEqualTo(START);
        assertThat(timeline.ofPicture(2, START + 33_000_000)).isEqualTo(START + 33_000_000);
    }

    @Test
    void ofPicture_captureTimesThatStand_advanceByATickOfRtp() {
        long last = RtpTime.ofNanos(timeline.ofPicture(1, START));
        for (int seq = 2; seq < 1_000; seq++) {
            long next = RtpTime.ofNanos(timeline.ofPicture(seq, START));
            assertThat(next).isGreaterThan(last);
            last = next;
        }
    }

    @Test
    void ofPicture_capturedBeforeTheSlateButNewer_comesAfterIt() {
        timeline.ofPicture(1, START);
        long slate = timeline.ofSlate(2, START + 2 * SECOND);
        long late = timeline.ofPicture(3, START + SECOND);
        assertThat(slate).isEqualTo(START + 2 * SECOND);
        assertThat(RtpTime.ofNanos(late)).isGreaterThan(RtpTime.ofNanos(slate));
        assertThat(late - slate).isLessThan(SECOND / 1_000);
        assertThat(timeline.ofPicture(4, START + 3 * SECOND)).isEqualTo(START + 3 * SECOND);
    }

    @Test
    void ofPicture_olderThanTheSlate_staysBeforeIt() {
        timeline.ofPicture(1, START);
        long slate = timeline.ofSlate(3, START + SECOND);
        assertThat(timeline.ofPicture(2, START + SECOND / 2)).isLessThan(slate);
    }
}
