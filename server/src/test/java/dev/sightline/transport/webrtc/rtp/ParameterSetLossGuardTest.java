package dev.sightline.transport.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParameterSetLossGuardTest {
    private final ParameterSetLossGuard doubt = new ParameterSetLossGuard();

    @Test
    void reported_nothingLost_isSureFromThenOn() {
        doubt.begins(100, 7);

        assertThat(doubt.reported(99, 20)).isFalse();
        assertThat(doubt.reported(100, 7)).isFalse();
        assertThat(doubt.reported(200, 40)).isFalse();
        assertThat(doubt.missing(100)).isFalse();
    }

    @Test
    void reported_somethingLost_wantsAnotherKeyframeOnce_andForThatTheSameHolds() {
        doubt.begins(100, 7);
        assertThat(doubt.reported(130, 8)).isTrue();
        assertThat(doubt.reported(160, 9)).isFalse();

        doubt.keyframe(170, 9);
        assertThat(doubt.reported(169, 12)).isFalse();
        assertThat(doubt.reported(190, 12)).isTrue();
        doubt.keyframe(200, 12);
        assertThat(doubt.reported(220, 12)).isFalse();
        doubt.keyframe(230, 12);
        assertThat(doubt.reported(240, 20)).isFalse();
    }

    @Test
    void missing_itsFirstPacketAlone_wantsAnotherKeyframe() {
        doubt.begins(100, 0);
        assertThat(doubt.missing(101)).isFalse();
        assertThat(doubt.missing(100)).isTrue();
        assertThat(doubt.missing(100)).isFalse();
        assertThat(doubt.reported(120, 1)).isFalse();

        doubt.keyframe(130, 1);
        assertThat(doubt.missing(100)).isFalse();
        assertThat(doubt.missing(130)).isTrue();
    }

    @Test
    void wanted_againAndAgain_ends_untilTheNextRendition() {
        doubt.begins(100, 0);
        int wanted = 0;
        for (int i = 0; i < 20; i++) {
            wanted += doubt.reported(110 + 10 * i, i + 1) ? 1 : 0;
            doubt.keyframe(115 + 10 * i, i + 1);
        }
        assertThat(wanted).isEqualTo(3);

        doubt.begins(1_000, 50);
        assertThat(doubt.reported(1_010, 51)).isTrue();
    }

    @Test
    void first_ofAllRenditions_isNoDoubt() {
        doubt.keyframe(100, 0);
        assertThat(doubt.missing(100)).isFalse();
        assertThat(doubt.reported(110, 5)).isFalse();
    }
}
