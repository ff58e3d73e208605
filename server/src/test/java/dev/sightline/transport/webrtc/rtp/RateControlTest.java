package dev.sightline.transport.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ways of many kinds, in simulated time: what a browser would report, and where the viewer ends up. */
class RateControlTest {
    private static final Rendition.Video BEST = new Rendition.Video(Codec.VP8, 0, 2_000_000);
    private static final Rendition.Video MIDDLE = new Rendition.Video(Codec.VP8, 640, 800_000);
    private static final Rendition.Video LEAST = new Rendition.Video(Codec.VP8, 320, 300_000);
    private static final List<Rendition.Video> RUNGS = List.of(BEST, MIDDLE, LEAST);
    private static final long SECOND = 1_000_000_000L;

    @Test
    void cleanWay_staysAtTheBest() {
        Way way = new Way();

        way.run(60);

        assertThat(way.changes).isEmpty();
        assertThat(way.control.reason()).isEqualTo("the best there is");
    }

    @Test
    void newcomersLowEstimate_isNoReasonToGoDown() {
        Way way = new Way();
        way.remb = now -> now < 5 * SECOND ? 300_000 + now / SECOND * 300_000 : 3_000_000;

        way.run(20);

        assertThat(way.changes).isEmpty();
    }

    @Test
    void stillPicture_lowEstimateThatCarriesIt_isNoReasonToGoDown() {
        Way way = new Way();
        way.fill = 0.1;
        way.remb = now -> 310_000;

        way.run(60);

        assertThat(way.changes).isEmpty();
    }

    @Test
    void tenPercentRandomLoss_isLeftToRetransmission() {
        Way way = new Way();
        way.loss = now -> 0.10;

        way.run(120);

        assertThat(way.changes).isEmpty();
    }

    @Test
    void thirtyPercentLossForTenSeconds_goesDown_andIsBackWithinFive() {
        Way way = new Way();
        way.loss = now -> now > 10 * SECOND && now < 20 * SECOND ? 0.30 : 0;

        way.run(14);
        assertThat(way.chosen).isNotEqualTo(BEST);
        assertThat(way.control.reason()).matches("loss [23]\\d %");
        way.run(6);
        assertThat(way.chosen).isNotEqualTo(BEST);
        way.run(5);
        assertThat(way.chosen).isEqualTo(BEST);
        int before = way.changes.size();
        way.run(60);
        assertThat(way.changes).hasSize(before);
    }

    @Test
    void narrowWay_findsTheRenditionThatFits_andTriesMoreEverMoreSeldom() {
        Way way = new Way();
        way.capacity = 1_200_000;

        way.run(15);
        assertThat(way.chosen).isEqualTo(MIDDLE);
        way.run(285);

        assertThat(way.chosenShare(MIDDLE)).isGreaterThan(0.85);
        assertThat(way.chosenShare(LEAST)).isLessThan(0.05);
        assertThat(way.changes.stream().filter(at -> at > 100 * SECOND)).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void veryNarrowWay_endsAtTheLeast() {
        Way way = new Way();
        way.capacity = 400_000;

        way.run(20);

        assertThat(way.chosen).isEqualTo(LEAST);
        assertThat(way.control.reason()).matches("(REMB .* kbit/s of .* sent|loss \\d+ %|round trip .*)");
    }

    @Test
    void narrowWayThatWidens_reachesTheBestAgain() {
        Way way = new Way();
        way.capacity = 400_000;
        way.run(30);
        way.capacity = 10_000_000;

        way.run(100);

        assertThat(way.chosen).isEqualTo(BEST);
    }

    @Test
    void standingQueueWithoutLoss_goesDown() {
        Way way = new Way();
        way.roundTripMillis = now -> now > 10 * SECOND && now < 14 * SECOND ? 700 : 50;

        way.run(14);

        assertThat(way.chosen).isEqualTo(MIDDLE);
        assertThat(way.control.reason()).isEqualTo("round trip 700 ms, usually 50");
    }

    @Test
    void longerRoundTripForGood_isUsualAfterAWhile() {
        Way way = new Way();
        way.roundTripMillis = now -> now > 10 * SECOND ? 600 : 50;

        way.run(200);

        assertThat(way.chosen).isEqualTo(BEST);
    }

    @Test
    void estimateBelowWhatIsSent_goesDownToWhatFitsWithinASecond() {
        RateControl control = new RateControl(RUNGS, 0);
        sends(control, 2_000_000, 2_500_000, 0, 5);
        assertThat(control.choose(5 * SECOND)).isEqualTo(BEST);

        sends(control, 2_000_000, 900_000, 5, 6);
        sends(control, 800_000, 900_000, 6, 12);

        assertThat(control.choose(12 * SECOND)).isEqualTo(MIDDLE);
        assertThat(control.reason()).isEqualTo("the line carries 900 kbit/s of 2,000 sent");
    }

    @Test
    void estimateAboveWhatTheNextNeeds_goesUpAfterACalm_noFurtherThanItAllows() {
        RateControl control = new RateControl(RUNGS, 0);
        sends(control, 2_000_000, 350_000, 0, 3);
        assertThat(control.choose(3 * SECOND)).isEqualTo(LEAST);

        sends(control, 300_000, 850_000, 3, 13);
        assertThat(control.choose(13 * SECOND))
                .as("850 is too little more than 800")
                .isEqualTo(LEAST);
        sends(control, 300_000, 1_000_000, 13, 15);

        assertThat(control.choose(15 * SECOND)).isEqualTo(MIDDLE);
    }

    /** A still picture needs less than its rendition's rate. */
    @Test
    void estimateBelowTheRenditionsRate_thatCarriesWhatIsSent_isNoReasonToGoDown() {
        RateControl control = new RateControl(RUNGS, 0);

        sends(control, 200_000, 300_000, 0, 20);

        assertThat(control.choose(20 * SECOND)).isEqualTo(BEST);
    }

    /** Sends so many bits per second, with such an estimate, for a span of whole seconds. */
    private static void sends(RateControl control, int rate, long estimate, int from, int to) {
        for (long now = from * SECOND; now < to * SECOND; now += SECOND / 20) {
            control.sent(rate / 8 / 20, now);
            control.estimated(estimate, now);
            control.choose(now);
        }
    }

    @Test
    void viewerWithoutReports_staysWhereItIs() {
        RateControl control = new RateControl(RUNGS, 0);

        for (long now = 0; now < 60 * SECOND; now += SECOND / 10) {
            control.sent(25_000, now);
            assertThat(control.choose(now)).isEqualTo(BEST);
        }
    }

    @Test
    void offer_bestWithdrawn_takesTheBestThereIsNow() {
        RateControl control = new RateControl(RUNGS, 0);

        control.offer(List.of(MIDDLE, LEAST), SECOND);

        assertThat(control.choose(SECOND)).isEqualTo(MIDDLE);
        assertThat(control.reason()).isEqualTo("the best there is");
    }

    @Test
    void offer_sizeBecomesKnown_bestStaysBest() {
        RateControl control = new RateControl(List.of(LEAST), 0);

        control.offer(RUNGS, SECOND);

        assertThat(control.choose(SECOND)).isEqualTo(BEST);
    }

    @Test
    void offer_renditionAdded_keepsTheOneInUse() {
        RateControl control = new RateControl(List.of(BEST, MIDDLE), 0);

        control.offer(RUNGS, SECOND);

        assertThat(control.choose(SECOND)).isEqualTo(BEST);
    }

    /** A way with a queue of 300 ms before its narrowest place, and a browser behind it. */
    private static final class Way {
        private static final long STEP = SECOND / 20;
        private static final double QUEUE_SECONDS = 0.3;

        private final RateControl control = new RateControl(RUNGS, 0);
        private final Random random = new Random(1);
        private final List<Long> changes = new ArrayList<>();
        private final int[] steps = new int[RUNGS.size()];
        private double estimate = 3_000_000;
        private Trace loss = now -> 0;
        private Trace roundTripMillis = now -> 50;
        private Trace remb = now -> estimate;
        private double fill = 1;
        private double capacity = Double.MAX_VALUE;
        private Rendition.Video chosen = BEST;
        private long now;
        private double queueBits;
        private double toSend;
        private long highest;
        private int lost;
        private double arrivedBits;

        void run(int seconds) {
            for (long end = now + seconds * SECOND; now < end; now += STEP) {
                send();
                if (now % SECOND == 0) {
                    report();
                }
                Rendition.Video choice = control.choose(now);
                if (choice != chosen) {
                    changes.add(now);
                }
                chosen = choice;
                steps[RUNGS.indexOf(chosen)]++;
            }
        }

        double chosenShare(Rendition.Video rendition) {
            return (double) steps[RUNGS.indexOf(rendition)]
                    / Arrays.stream(steps).sum();
        }

        private void send() {
            queueBits = Math.max(0, queueBits - capacity * STEP / SECOND);
            toSend += chosen.bitsPerSecond() * fill * STEP / SECOND;
            for (; toSend >= 9_600; toSend -= 9_600) {
                control.sent(1_200, now);
                highest++;
                if (random.nextDouble() < loss.at(now) || queueBits > capacity * QUEUE_SECONDS) {
                    lost++;
                } else {
                    queueBits += 9_600;
                    arrivedBits += 9_600;
                }
            }
        }

        private void report() {
            double queueMillis = 1_000 * queueBits / capacity;
            estimate =
                    queueMillis > 100 ? 0.85 * Math.min(arrivedBits, capacity) : Math.max(estimate, 1.5 * arrivedBits);
            arrivedBits = 0;
            control.roundTrip((long) (1e6 * (roundTripMillis.at(now) + queueMillis)), now);
            control.received(highest, lost, now);
            control.remb((long) remb.at(now), now);
        }
    }

    private interface Trace {
        double at(long now);
    }
}
