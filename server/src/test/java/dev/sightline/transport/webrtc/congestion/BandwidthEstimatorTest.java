package dev.sightline.transport.webrtc.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.transport.webrtc.congestion.Sending.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames over simulated lines, in virtual time. */
class BandwidthEstimatorTest {
    private final SimulatedLine line = new SimulatedLine(1);
    private final BandwidthEstimator estimator = new BandwidthEstimator(1_000_000);

    @Test
    void lineIsNarrowFromTheStart_estimateFallsToWhatItCarries_andTheQueueDrains() {
        line.carrying(500_000, 200);

        Sending sending = upTo(1_000_000).run(20);

        assertThat(sending.between(1.5, 20))
                .allSatisfy(each -> assertThat(each.estimate()).isBetween(350_000L, 620_000L));
        assertThat(middleOfWaiting(sending.between(3, 20))).isLessThan(60);
    }

    @Test
    void lineNarrows_andWidensAgain_estimateFollows() {
        line.carrying(1_000_000, 200);
        Sending sending = upTo(900_000).run(20);
        line.carrying(300_000, 200);
        sending.run(20);
        line.carrying(1_000_000, 200);
        sending.run(20);

        assertThat(sending.between(21, 40))
                .allSatisfy(each -> assertThat(each.estimate()).isLessThan(400_000));
        assertThat(middleOfWaiting(sending.between(22, 40))).isLessThan(60);
        assertThat(sending.between(50, 60))
                .allSatisfy(each -> assertThat(each.estimate()).isGreaterThan(600_000));
    }

    @Test
    void tenthIsLostByChance_estimateDoesNotFall() {
        line.carrying(20_000_000, 200).losing(0.1).jittering(10);

        Sending sending = upTo(1_000_000).run(20);

        assertThat(sending.between(0, 20))
                .allSatisfy(each -> assertThat(each.estimate()).isGreaterThanOrEqualTo(1_000_000));
    }

    /** What is lost in rows is a fifth, or a third, of some half seconds. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void tenthIsLostInRows_estimateDoesNotFall(long seed) {
        SimulatedLine lossy =
                new SimulatedLine(seed).losing(0.1, 3).delaying(25).jittering(10);

        Sending sending = new Sending(lossy, estimator, 30, estimate -> 680_000).run(60);

        assertThat(sending.between(0, 60))
                .allSatisfy(each -> assertThat(each.estimate()).isGreaterThanOrEqualTo(680_000));
    }

    @Test
    void lossBeforeFeedbackThatNobodyRead_isForgotten() {
        estimator.sent(0, 40, 40_000, 0);
        long[] arrivals = new long[12];
        estimator.feedback(new TransportFeedback(0, lost(10)), 100_000_000);
        estimator.unnumbered(3_000_000_000L);

        estimator.feedback(new TransportFeedback(10, arrivals), 3_100_000_000L);
        estimator.feedback(new TransportFeedback(10, arrivals), 3_700_000_000L);

        assertThat(estimator.lossShare()).isZero();
    }

    private static long[] lost(int packets) {
        long[] arrivals = new long[packets];
        Arrays.fill(arrivals, TransportFeedback.LOST);
        return arrivals;
    }

    /** 8 % a second would take it 18 s. */
    @Test
    void lineIsWide_framesShowIt_andTheEstimateGrowsFast() {
        line.carrying(20_000_000, 200);

        Sending sending = upTo(4_000_000).run(6);

        assertThat(sending.between(5, 6))
                .allSatisfy(each -> assertThat(each.estimate()).isGreaterThan(4_000_000));
    }

    private Sending upTo(long most) {
        LongUnaryOperator encoder = estimate -> Math.min(most, estimate * 9 / 10);
        return new Sending(line, estimator, 30, encoder);
    }

    private static long middleOfWaiting(List<Sample> samples) {
        return samples.stream()
                .mapToLong(Sample::waitingMillis)
                .sorted()
                .skip(samples.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
