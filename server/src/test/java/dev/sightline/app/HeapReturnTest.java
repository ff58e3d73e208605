package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapReturnTest {
    private static final long MIB = 1 << 20;

    private long committed = 64 * MIB;
    private long needed = 64 * MIB;
    private int collections;
    private final HeapReturn look = new HeapReturn(() -> committed, () -> {
        collections++;
        committed = needed;
    });

    @Test
    void steadyHeap_isLeftAlone() {
        look(64, 64, 64);
        assertThat(collections).isZero();
    }

    @Test
    void grownHeap_isCollectedOnce_whenItGrowsNoLonger() {
        look(128, 200, 250);
        assertThat(collections).isZero();

        look(250);
        assertThat(collections).isEqualTo(1);
        assertThat(committed).isEqualTo(64 * MIB);

        look(64, 64);
        assertThat(collections).isEqualTo(1);
    }

    @Test
    void heapThatIsNeeded_isNotCollectedAgainAndAgain() {
        needed = 200 * MIB;
        look(200, 200, 200, 200, 200);
        assertThat(collections).isEqualTo(1);

        look(250, 250);
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void littleMore_isNotWorthAPause() {
        look(70, 70, 75, 75);
        assertThat(collections).isZero();
    }

    /** As clients that come and go leave it. */
    @Test
    void heapThatGrowsSlowly_isCollectedNowAndThen() {
        for (int more = 0; more < 40; more++) {
            int grown = (int) (committed / MIB) + 1;
            look(grown, grown);
        }
        assertThat(collections).isEqualTo(3);
        assertThat(committed).isLessThan(80 * MIB);
    }

    private void look(int... megabytes) {
        for (int each : megabytes) {
            committed = each * MIB;
            look.run();
        }
    }
}
