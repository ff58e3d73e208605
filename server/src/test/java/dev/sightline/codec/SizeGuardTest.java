package dev.sightline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizeGuardTest {
    private static final int BITS_PER_SECOND = 800_000;
    private static final int FPS = 25;
    /** A picture's share of the rate, in bytes. */
    private static final int SHARE = BITS_PER_SECOND / FPS / 8;

    private static final VideoSize WHOLE = new VideoSize(640, 480);

    private final SizeGuard guard = SizeGuard.of(new Rendition.Video(Codec.H264, 0, BITS_PER_SECOND));
    private final List<String> changes = new ArrayList<>();
    private int width = WHOLE.width();
    private int number;

    /** What a picture costs, in shares of the rate. */
    private interface Cost {
        double at(int number, int width);
    }

    @Test
    void shrink_picturesWithinTheRate_keepTheirSize() {
        run(60, (number, width) -> 1.03);

        assertThat(changes).isEmpty();
    }

    @Test
    void shrink_largePicturesNowAndThen_keepTheirSize() {
        run(60, (number, width) -> number % FPS == 0 ? 12 : 0.5);

        assertThat(changes).isEmpty();
    }

    @Test
    void shrink_keyframes_keepTheirSize() {
        for (int i = 0; i < FPS; i++) {
            guard.encoded(nextNanos(), 10 * SHARE, true);
        }

        assertThat(guard.shrink(WHOLE)).isEqualTo(WHOLE);
    }

    @Test
    void shrink_keyframeOfASecond_isSmallerAtOnce() {
        assertThat(guard.encoded(nextNanos(), FPS * SHARE, true)).isTrue();

        assertThat(guard.shrink(WHOLE)).isEqualTo(new VideoSize(320, 240));
    }

    @Test
    void shrink_farTooLarge_skipsSizes() {
        run(1, (number, width) -> width == 640 ? 6 : 1);

        assertThat(changes).hasSize(1).first().asString().startsWith("320");
    }

    @Test
    void shrink_picturesTooLarge_becomeSmallerWithinHalfASecond() {
        run(1, (number, width) -> width == 640 ? 2 : 1);

        assertThat(changes).containsExactly("480 at 0.3 s");
    }

    @Test
    void shrink_picturesLeftOut_becomeSmallerToo() {
        for (int i = 0; i < FPS / 2; i++) {
            guard.encoded(nextNanos(), 2 * SHARE, false);
            guard.leftOut(nextNanos());
        }

        assertThat(guard.shrink(WHOLE)).isNotEqualTo(WHOLE);
    }

    @Test
    void shrink_picturesTooLargeInAnySize_becomeAQuarterAsWideAndNoSmaller() {
        run(4, (number, width) -> 3);

        assertThat(guard.shrink(WHOLE)).isEqualTo(new VideoSize(160, 120));
    }

    @Test
    void shrink_afterTheHardPart_returnsStepByStep() {
        run(30, (number, width) -> number < FPS ? 3 : 0.9);

        assertThat(changes.subList(changes.size() - 4, changes.size()))
                .extracting(each -> each.substring(0, 3))
                .containsExactly("240", "320", "480", "640");
        assertThat(guard.strained()).isFalse();
    }

    @Test
    void shrink_pastTheHardPartThatStays_triesLessAndLessOften() {
        run(90, (number, width) -> width == 640 ? 2 : 1);

        assertThat(changes.stream().filter(each -> each.startsWith("640")).count())
                .isEqualTo(4);
    }

    private long nextNanos() {
        return VideoPictures.START + number++ * 1_000_000_000L / FPS;
    }

    private void run(int seconds, Cost cost) {
        while (number < seconds * FPS) {
            guard.encoded(nextNanos(), (int) (cost.at(number, width) * SHARE), false);
            int now = guard.shrink(WHOLE).width();
            if (now != width) {
                changes.add(String.format("%d at %.1f s", now, (double) number / FPS));
                width = now;
            }
        }
    }
}
