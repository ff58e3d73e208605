package dev.sightline.transport.webrtc.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathMtuTest {
    private static final long MS = 1_000_000;

    private final PathMtu mtu = new PathMtu();

    @Test
    void largeOnesLost_smallOnesNot_isSmaller() {
        for (int i = 0; i < 8; i++) {
            assertThat(mtu.bytes()).isEqualTo(1_200);
            mtu.arrived(400, i * MS);
            mtu.lost(1_100);
        }

        assertThat(mtu.bytes()).isEqualTo(1_000);
    }

    @Test
    void largeOnesLost_smallOnesToo_stays() {
        for (int i = 0; i < 100; i++) {
            mtu.lost(400);
            mtu.lost(1_100);
        }

        assertThat(mtu.bytes()).isEqualTo(1_200);
    }

    @Test
    void oneLargeOneArrives_stays() {
        for (int i = 0; i < 100; i++) {
            mtu.arrived(i % 7 == 6 ? 1_100 : 400, i * MS);
            mtu.lost(1_100);
        }

        assertThat(mtu.bytes()).isEqualTo(1_200);
    }

    @Test
    void nothingArrives_thoughTheViewerSpeaks_isSmallerStepByStep_to548() {
        for (int second = 0; second < 10; second++) {
            mtu.sent(30, 1_100, second * 1_000 * MS);
            mtu.heard((second * 1_000 + 902) * MS);
            mtu.sent(30, 600, (second * 1_000 + 902) * MS);
            mtu.heard((second * 1_000 + 999) * MS);
        }

        assertThat(mtu.bytes()).isEqualTo(548);
    }

    /** A line that is cut carries small ones as little as large ones. */
    @Test
    void nothingArrives_andTheViewerIsSilent_stays() {
        for (int second = 0; second < 10; second++) {
            mtu.sent(30, 1_100, second * 1_000 * MS);
        }
        mtu.arrived(1_100, 10_000 * MS);
        mtu.heard(10_000 * MS);

        assertThat(mtu.bytes()).isEqualTo(1_200);
    }
}
