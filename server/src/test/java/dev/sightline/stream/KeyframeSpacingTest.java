package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import org.junit.jupiter.api.Test;

class KeyframeSpacingTest {
    private static final long MILLI = 1_000_000;

    private final KeyframeSpacing spacing = new KeyframeSpacing();
    private long now = 1_700_000_000_000L * MILLI;

    @Test
    void begin_isBelievedButNotReliedOn() {
        groupOf(1_000);
        assertThat(spacing.suitsViewers()).isTrue();
        assertThat(spacing.suitsDecoders()).isFalse();
    }

    @Test
    void keyframesEveryTwoSeconds_suitEverybody() {
        groupOf(2_000);
        groupOf(2_100);
        groupOf(1_000);
        assertThat(spacing.suitsViewers()).isTrue();
        assertThat(spacing.suitsDecoders()).isTrue();
    }

    @Test
    void keyframesTooRare_suitNobodyUntilSomeCameInTime() {
        groupOf(2_000);
        groupOf(3_000);
        assertThat(spacing.suitsViewers()).isFalse();
        assertThat(spacing.suitsDecoders()).isFalse();
        groupOf(1_000);
        groupOf(1_000);
        groupOf(1_000);
        groupOf(1_000);
        assertThat(spacing.suitsViewers()).isFalse();
        groupOf(1_000);
        assertThat(spacing.suitsViewers()).isTrue();
        assertThat(spacing.suitsDecoders()).isTrue();
    }

    @Test
    void silence_beginsAnew() {
        groupOf(1_000);
        groupOf(1_000);
        now += 10_000 * MILLI;
        groupOf(1_000);
        assertThat(spacing.suitsViewers()).isTrue();
        assertThat(spacing.suitsDecoders()).isFalse();
    }

    /** A keyframe and what follows it. */
    private void groupOf(int millis) {
        add(true);
        for (int passed = 100; passed < millis; passed += 100) {
            add(false);
        }
    }

    private void add(boolean keyframe) {
        spacing.add(new EncodedFrame(Codec.H264, new byte[1], keyframe, 64, 48, 1, now, Metadata.EMPTY));
        now += 100 * MILLI;
    }
}
