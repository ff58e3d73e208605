package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapReturnTest {
    private static final long MIB = 1 << 20;

    private long needed = 10 * MIB;
    private long used = needed;
    private int collections;
    private final HeapReturn look = new HeapReturn(() -> used, () -> {
        collections++;
        used = needed;
    });

    @Test
    void steadyUse_isLeftAlone() {
        look(10, 10, 10);
        assertThat(collections).isZero();
    }

    @Test
    void flood_isCollectedOnce_whenItIsOver() {
        look(60, 120, 180);
        assertThat(collections).isZero();

        look(180);
        assertThat(collections).isEqualTo(1);
        assertThat(used).isEqualTo(10 * MIB);

        look(10, 10);
        assertThat(collections).isEqualTo(1);
    }

    @Test
    void whatIsNeeded_isNotCollectedAgainAndAgain() {
        needed = 100 * MIB;
        look(100, 100, 100, 100);
        assertThat(collections).isEqualTo(1);

        look(150, 150);
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void littleMore_isNotWorthAPause() {
        look(12, 12, 17, 17);
        assertThat(collections).isZero();
    }

    /** As clients that come and go leave it: a little in every minute. */
    @Test
    void slowGrowth_isCollectedNowAndThen() {
        for (int minute = 0; minute < 120; minute++) {
            used += MIB / 5;
            look.run();
            assertThat(used).isLessThan(19 * MIB);
        }
        assertThat(collections).isEqualTo(2);
    }

    /** The collector may have come by itself, and found less. */
    @Test
    void collectionByTheCollectorItself_lowersTheBaseline() {
        needed = 30 * MIB;
        look(30, 30);
        assertThat(collections).isEqualTo(1);
        needed = 10 * MIB;
        look(10, 20, 20);
        assertThat(collections).isEqualTo(2);
    }

    private void look(int... megabytes) {
        for (int each : megabytes) {
            used = each * MIB;
            look.run();
        }
    }
}
