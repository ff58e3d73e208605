package dev.sightline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How late TCP brings what a poor network loses, with times that are only numbers. */
class TcpWayTest {
    private static final int SEGMENTS = 20_000;
    private static final long MILLI = 1_000_000;
    private static final long ROUND_TRIP = 100 * MILLI;

    @Test
    void due_delay_isThatLater() {
        assertThat(late(Impairment.NONE.delaying(Duration.ofMillis(100)), 1)).containsOnly(100L);
    }

    /** Far apart, so that none waits for the one before. */
    @Test
    void due_loss_isMadeGoodByAnAnswer_andByTimeoutsAfterThat() {
        List<Long> late = late(Impairment.NONE.losing(0.1), 60_000);
        assertThat(late).contains(0L, 150L, 450L, 1_050L).doesNotContain(300L);
        assertThat(late.stream().filter(millis -> millis > 0).count() / (double) SEGMENTS)
                .isCloseTo(0.1, within(0.01));
        assertThat(late.stream().filter(millis -> millis > 150).count() / (double) SEGMENTS)
                .isCloseTo(0.01, within(0.004));
    }

    @Test
    void due_loss_keepsTheOrder() {
        TcpWay way = new TcpWay(1);
        Impairment lossy = Impairment.NONE.losing(0.3);
        assertThat(LongStream.range(0, SEGMENTS)
                        .mapToObj(i -> way.due(lossy, ROUND_TRIP, i * MILLI))
                        .toList())
                .isSorted();
    }

    /** How many milliseconds later than at once each segment is there. */
    private static List<Long> late(Impairment impairment, long everyMillis) {
        TcpWay way = new TcpWay(1);
        return LongStream.range(0, SEGMENTS)
                .map(i -> i * everyMillis * MILLI)
                .mapToObj(now -> (way.due(impairment, ROUND_TRIP, now) - now) / MILLI)
                .toList();
    }
}
