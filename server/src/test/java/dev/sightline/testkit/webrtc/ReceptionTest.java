package dev.sightline.testkit.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Pictures of VP8 put together from packets that come as the network pleases. */
class ReceptionTest {
    private static final byte[] KEYFRAME_START = {0x10, 0x00};
    private static final byte[] START = {0x10, 0x01};
    private static final byte[] MORE = {0x00, 0x55};

    private final List<FrameArrival> frames = new ArrayList<>();
    private final AtomicInteger broken = new AtomicInteger();
    private final Reception reception = new Reception(true, true, frames::add, broken::incrementAndGet);

    @Test
    void packet_inOrder_givesEachPictureWhole() {
        packet(0xFFFE, 0xFFFF_F000L, false, KEYFRAME_START);
        packet(0xFFFF, 0xFFFF_F000L, true, MORE);
        packet(0x0000, 0x0000_0100L, true, START);

        assertThat(frames).extracting(FrameArrival::whole).containsExactly(true, true);
        assertThat(frames).extracting(FrameArrival::keyframe).containsExactly(true, false);
        assertThat(frames).extracting(FrameArrival::rtpTimestamp).containsExactly(0xFFFF_F000L, 0x100L);
        assertThat(frames.get(0).data()).containsExactly(0x00, 0x55);
        assertThat(reception.lost()).isZero();
    }

    @Test
    void packet_outOfOrder_givesThePictureOnceItIsWhole() {
        packet(1, 3000, false, KEYFRAME_START);
        packet(3, 3000, true, MORE);
        assertThat(frames).isEmpty();
        assertThat(reception.wanted()).containsExactly(65536L + 2);
        packet(2, 3000, false, MORE);

        assertThat(frames).extracting(FrameArrival::whole).containsExactly(true);
        assertThat(reception.wanted()).isEmpty();
    }

    @Test
    void packet_lostForEver_nothingIsWholeUntilAKeyframeIs() {
        packet(1, 3000, true, KEYFRAME_START);
        packet(2, 6000, false, START);
        packet(4, 9000, true, START);
        packet(5, 12000, false, KEYFRAME_START);
        packet(6, 12000, true, MORE);
        packet(7, 15000, true, START);

        assertThat(frames).extracting(FrameArrival::whole).containsExactly(true, false, false, true, true);
        assertThat(broken).hasValue(2);
        assertThat(reception.lost()).isEqualTo(1);
    }

    @Test
    void packet_beforeAnyKeyframe_isWaitedFor() {
        packet(9, 1000, true, START);
        assertThat(frames).isEmpty();
        packet(10, 2000, true, KEYFRAME_START);
        assertThat(frames).extracting(FrameArrival::whole).containsExactly(false, true);
    }

    @Test
    void packet_twice_countsOnce() {
        packet(1, 3000, true, KEYFRAME_START);
        packet(1, 3000, true, KEYFRAME_START);
        assertThat(reception.received()).isEqualTo(1);
        assertThat(reception.duplicates()).isEqualTo(1);
        assertThat(frames).hasSize(1);
    }

    @Test
    void packet_wholePictureLost_theNextIsNotWhole() {
        packet(1, 3000, true, KEYFRAME_START);
        packet(3, 9000, true, START);
        assertThat(frames).hasSize(1);
        packet(2, 6000, true, START);
        assertThat(frames).extracting(FrameArrival::rtpTimestamp).containsExactly(3000L, 6000L, 9000L);
    }

    private void packet(int sequence, long timestamp, boolean marker, byte[] payload) {
        reception.packet(VideoCodec.VP8, sequence, timestamp, marker, 100, payload);
    }
}
