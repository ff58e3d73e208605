package dev.sightline.transport.webrtc.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyMediaTest {
    private final EarlyMedia.Budget budget = new EarlyMedia.Budget();

    private static boolean keep(EarlyMedia media, int first) {
        return media.keep(new byte[] {(byte) first, 1, 2, 3}, 3, null);
    }

    private static List<Integer> released(EarlyMedia media) {
        List<Integer> firsts = new ArrayList<>();
        media.release((packet, length, path) -> {
            assertThat(length).isEqualTo(3);
            firsts.add(packet[0] & 0xff);
        });
        return firsts;
    }

    @Test
    void release_givesCopiesInOrderOnce() {
        EarlyMedia media = new EarlyMedia(budget);
        byte[] reused = {1, 0, 0};
        media.keep(reused, 3, null);
        reused[0] = 2;
        media.keep(reused, 3, null);

        assertThat(released(media)).containsExactly(1, 2);
        assertThat(released(media)).isEmpty();
    }

    @Test
    void keep_moreThanAKeyframe_isRefused() {
        EarlyMedia media = new EarlyMedia(budget);
        for (int i = 0; i < 128; i++) {
            assertThat(keep(media, i)).isTrue();
        }

        assertThat(keep(media, 0)).isFalse();
        assertThat(released(media)).hasSize(128);
        assertThat(keep(media, 7)).isTrue();
    }

    @Test
    void keep_moreThanAllMayTogether_isRefusedUntilSomeAreReleased() {
        List<EarlyMedia> full = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            EarlyMedia media = new EarlyMedia(budget);
            for (int k = 0; k < 128; k++) {
                keep(media, k);
            }
            full.add(media);
        }
        EarlyMedia another = new EarlyMedia(budget);

        assertThat(keep(another, 1)).isFalse();
        released(full.get(0));
        assertThat(keep(another, 1)).isTrue();
    }
}
