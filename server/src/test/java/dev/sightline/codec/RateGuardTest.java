package dev.sightline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class RateGuardTest {
    private static final int BITS_PER_SECOND = 800_000;
    private static final int FPS = 25;
    /** A picture's share of the rate, in bytes. */
    private static final int SHARE = BITS_PER_SECOND / FPS / 8;

    private int leftOut;
    private int longestGap;
    private long spentBytes;

    @Test
    void allows_picturesWithinTheRate_leavesNoneOut() {
        run(Codec.H264, 10 * FPS, number -> SHARE);

        assertThat(leftOut).isZero();
    }

    @Test
    void allows_keyframeThatTakesAThirdOfASecond_leavesNoneOut() {
        run(Codec.H264, 10 * FPS, number -> number == 50 ? FPS / 3 * SHARE : SHARE);

        assertThat(leftOut).isZero();
    }

    @Test
    void allows_picturesTwiceTooLarge_leavesEverySecondOutAndHoldsTheRate() {
        run(Codec.H264, 60 * FPS, number -> 2 * SHARE);

        assertThat(spentBytes * 8 / 60).isLessThanOrEqualTo(BITS_PER_SECOND * 106L / 100);
        assertThat(longestGap).isEqualTo(1);
    }

    @Test
    void allows_afterAKeyframeThatTakesASecond_goesOnSlowlyInsteadOfStandingStill() {
        run(Codec.H264, 10 * FPS, number -> number == 50 ? FPS * SHARE : SHARE / 2);

        assertThat(leftOut).isPositive();
        assertThat(longestGap).isEqualTo(3);
    }

    @Test
    void allows_burstOfVp8ThatTakesASecondAndAHalf_leavesItToTheEncoder() {
        run(Codec.VP8, 10 * FPS, number -> number == 50 ? FPS * 3 / 2 * SHARE : SHARE);

        assertThat(leftOut).isZero();
    }

    @Test
    void allows_picturesBeyondAnyRate_holdsItAllTheSame() {
        run(Codec.H264, 60 * FPS, number -> FPS / 2 * SHARE);

        assertThat(spentBytes * 8 / 60).isLessThanOrEqualTo(BITS_PER_SECOND * 108L / 100);
        assertThat(longestGap).isGreaterThan(3);
    }

    @Test
    void allows_afterAPauseOfTheSource_hasSavedNothingForIt() {
        RateGuard guard = guard(Codec.H264);
        guard.allows(1);
        guard.spend(SHARE);

        assertThat(guard.allows(3_600_000_000_000L)).isTrue();
        guard.spend(FPS / 2 * SHARE);

        assertThat(guard.allows(3_600_000_000_001L)).isFalse();
    }

    @Test
    void forgive_debtOfSeconds_allowsTheNextPictures() {
        RateGuard guard = guard(Codec.H264);
        guard.allows(1);
        guard.spend(3 * FPS * SHARE);
        assertThat(guard.allows(40_000_000)).isFalse();

        guard.forgive();

        assertThat(guard.allows(80_000_000)).isTrue();
    }

    private static RateGuard guard(Codec codec) {
        return RateGuard.of(new Rendition.Video(codec, 0, BITS_PER_SECOND));
    }

    private void run(Codec codec, int pictures, IntUnaryOperator bytes) {
        RateGuard guard = guard(codec);
        int gap = 0;
        for (int number = 0; number < pictures; number++) {
            if (guard.allows(VideoPictures.START + number * 1_000_000_000L / FPS)) {
                guard.spend(bytes.applyAsInt(number));
                spentBytes += bytes.applyAsInt(number);
                gap = 0;
            } else {
                leftOut++;
                gap++;
                longestGap = Math.max(longestGap, gap);
            }
        }
    }
}
