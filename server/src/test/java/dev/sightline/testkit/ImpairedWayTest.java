package dev.sightline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a poor network does, with times that are only numbers. */
class ImpairedWayTest {
    private static final int PACKETS = 20_000;
    private static final long MILLI = 1_000_000;

    @Test
    void due_perfectNetwork_isAtOnce() {
        assertThat(fates(Impairment.NONE))
                .containsExactlyElementsOf(LongStream.range(0, PACKETS)
                        .mapToObj(i -> OptionalLong.of(i * MILLI))
                        .toList());
    }

    @Test
    void due_loss_isTheShareAskedFor() {
        assertThat(share(fates(Impairment.NONE.losing(0.1)))).isCloseTo(0.1, within(0.01));
    }

    @Test
    void due_sameSeed_isTheSame() {
        Impairment poor = Impairment.NONE.losing(0.3).jittering(Duration.ofMillis(20));
        assertThat(fates(poor)).isEqualTo(fates(poor));
    }

    @Test
    void due_lossInBursts_isTheShareInRowsOfThatLength() {
        List<OptionalLong> fates = fates(Impairment.NONE.losing(0.2, 5));
        long rows = LongStream.range(1, PACKETS)
                .filter(i ->
                        fates.get((int) i).isEmpty() && fates.get((int) i - 1).isPresent())
                .count();
        assertThat(share(fates)).isCloseTo(0.2, within(0.02));
        assertThat(share(fates) * PACKETS / rows).isCloseTo(5, within(0.5));
    }

    @Test
    void due_jitter_variesTheDelayButNotTheOrder() {
        List<Long> due =
                fates(Impairment.NONE.delaying(Duration.ofMillis(30)).jittering(Duration.ofMillis(10))).stream()
                        .map(OptionalLong::getAsLong)
                        .toList();
        assertThat(due).isSorted();
        for (int i = 0; i < PACKETS; i++) {
            assertThat(due.get(i) - i * MILLI).isBetween(30 * MILLI, 40 * MILLI);
        }
    }

    @Test
    void due_reordering_holdsTheShareBackAndNoOther() {
        List<OptionalLong> fates = fates(Impairment.NONE.reordering(0.05, Duration.ofMillis(7)));
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < PACKETS; i++) {
            delays.add(fates.get(i).getAsLong() - i * MILLI);
        }
        assertThat(delays).containsOnly(0L, 7 * MILLI);
        assertThat(delays.stream().filter(delay -> delay > 0).count() / (double) PACKETS)
                .isCloseTo(0.05, within(0.01));
    }

    @Test
    void due_cut_neverComes() {
        assertThat(share(fates(Impairment.CUT))).isEqualTo(1);
    }

    /** 1,000 bytes a millisecond are 8 Mbit/s: half of them go through, each after as long as the queue is. */
    @Test
    void due_narrowLink_passesWhatItCarries_andDropsWhatWouldWaitLonger() {
        List<OptionalLong> fates = fates(Impairment.NONE.narrowing(4_000_000, Duration.ofMillis(100)));

        assertThat(share(fates)).isCloseTo(0.5, within(0.01));
        for (int i = PACKETS / 2; i < PACKETS; i++) {
            long sent = i * MILLI;
            assertThat(fates.get(i).orElse(sent + 101 * MILLI) - sent).isBetween(99 * MILLI, 103 * MILLI);
        }
    }

    @Test
    void due_smallMtu_swallowsLargeOnes() {
        assertThat(share(fates(Impairment.NONE.swallowingAbove(999)))).isEqualTo(1);
        assertThat(share(fates(Impairment.NONE.swallowingAbove(1_000)))).isZero();
    }

    /** Of packets that come a millisecond apart. */
    private static List<OptionalLong> fates(Impairment impairment) {
        ImpairedWay way = new ImpairedWay(7);
        return LongStream.range(0, PACKETS)
                .mapToObj(i -> way.due(impairment, 1_000, i * MILLI))
                .toList();
    }

    private static double share(List<OptionalLong> fates) {
        return fates.stream().filter(OptionalLong::isEmpty).count() / (double) fates.size();
    }
}
