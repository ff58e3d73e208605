package dev.sightline.transport.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    @Test
    void contains_anyOrder_knowsWhatHasCome() {
        ReplayWindow window = new ReplayWindow();
        Set<Long> come = new HashSet<>();
        Random random = new Random(1);
        long highest = 0;
        for (int i = 0; i < 20_000; i++) {
            long index = Math.max(0, highest + random.nextInt(300) - 200);
            assertThat(window.contains(index)).isEqualTo(come.contains(index));
            window.add(index);
            come.add(index);
            highest = Math.max(highest, index);
        }
    }

    @Test
    void contains_olderThanTheWindow_isTakenForSeen() {
        ReplayWindow window = new ReplayWindow();
        window.add(5_000);

        assertThat(window.contains(5_000 - ReplayWindow.SIZE)).isTrue();
        assertThat(window.contains(5_001 - ReplayWindow.SIZE)).isFalse();
    }

    @Test
    void add_farJump_forgetsWhatWasBefore() {
        ReplayWindow window = new ReplayWindow();
        window.add(3);
        window.add(3 + 10L * ReplayWindow.SIZE);

        assertThat(window.contains(2 + 10L * ReplayWindow.SIZE)).isFalse();
    }

    @Test
    void index_numbersThatStartAgain_goOn() {
        assertThat(ReplayWindow.nearest(-1, 65_530)).isEqualTo(65_530);
        assertThat(ReplayWindow.nearest(65_530, 2)).isEqualTo(65_538);
        assertThat(ReplayWindow.nearest(65_538, 65_531)).isEqualTo(65_531);
        assertThat(ReplayWindow.nearest(3 * 65_536L, 1)).isEqualTo(3 * 65_536L + 1);
        assertThat(ReplayWindow.nearest(5, 65_531)).isEqualTo(65_531);
    }
}
