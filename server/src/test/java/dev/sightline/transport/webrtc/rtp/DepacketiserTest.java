package dev.sightline.transport.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What other senders write: descriptors and NAL units by hand. */
class DepacketiserTest {
    @Test
    void vp8_longPictureIdLevelAndIndex_areSkipped() {
        Vp8Depacketiser vp8 = new Vp8Depacketiser();

        assertThat(vp8.add(Hex.bytes("90 e0 8123 05 60 9c01"))).isTrue();
        assertThat(vp8.add(Hex.bytes("80 80 17 02"))).isTrue();

        assertThat(vp8.keyframe()).isTrue();
        assertThat(Hex.text(vp8.finish())).isEqualTo("9c0102");
    }

    @Test
    void vp8_laterPartitionOrInterFrame_isNoKeyframe() {
        Vp8Depacketiser vp8 = new Vp8Depacketiser();

        assertThat(vp8.startsPicture(Hex.bytes("11 9c"))).isFalse();
        assertThat(vp8.startsPicture(Hex.bytes("00 9c"))).isFalse();
        assertThat(vp8.startsKeyframe(Hex.bytes("10 9d"))).isFalse();
        assertThat(vp8.startsKeyframe(Hex.bytes("10 9c"))).isTrue();
    }

    @Test
    void vp8_brokenDescriptors_areRefused() {
        for (String broken : new String[] {"", "10", "90 80", "90 80 81", "90 80 8102", "90 f0 8102 03 04"}) {
            assertThat(new Vp8Depacketiser().add(Hex.bytes(broken))).as(broken).isFalse();
        }
    }

    @Test
    void h264_aggregateAndFragments_becomeAnnexB() {
        H264Depacketiser h264 = new H264Depacketiser();

        assertThat(h264.startsKeyframe(Hex.bytes("78 0002 6742 0002 68ce"))).isTrue();
        assertThat(h264.add(Hex.bytes("78 0002 6742 0002 68ce"))).isTrue();
        assertThat(h264.add(Hex.bytes("7c 85 8801"))).isTrue();
        assertThat(h264.complete()).isFalse();
        assertThat(h264.add(Hex.bytes("7c 05 02"))).isTrue();
        assertThat(h264.add(Hex.bytes("7c 45 03"))).isTrue();

        assertThat(h264.complete()).isTrue();
        assertThat(h264.keyframe()).isTrue();
        assertThat(Hex.text(h264.finish())).isEqualTo("000000016742" + "0000000168ce" + "000000016588010203");
    }

    @Test
    void h264_laterIdrWithoutParameterSets_getsTheLastOnes() {
        H264Depacketiser h264 = new H264Depacketiser();
        h264.add(Hex.bytes("6742"));
        h264.add(Hex.bytes("68ce"));
        h264.add(Hex.bytes("6588"));
        h264.finish();

        h264.add(Hex.bytes("6589"));

        assertThat(Hex.text(h264.finish())).isEqualTo("000000016742" + "0000000168ce" + "000000016589");
    }

    @Test
    void h264_idrThatNoParameterSetsEverCameFor_isNoKeyframe() {
        H264Depacketiser h264 = new H264Depacketiser();

        assertThat(h264.add(Hex.bytes("6588"))).isTrue();

        assertThat(h264.keyframe()).isFalse();
    }

    @Test
    void h264_pictures_beginWithTheirFirstSliceOnly() {
        H264Depacketiser h264 = new H264Depacketiser();

        assertThat(h264.startsPicture(Hex.bytes("41 9a"))).isTrue();
        assertThat(h264.startsPicture(Hex.bytes("41 1a"))).isFalse();
        assertThat(h264.startsPicture(Hex.bytes("5c 81 9a"))).isTrue();
        assertThat(h264.startsPicture(Hex.bytes("5c 01 9a"))).isFalse();
        assertThat(h264.startsKeyframe(Hex.bytes("7c 85 08"))).isFalse();
    }

    @Test
    void h264_brokenPayloads_areRefused() {
        for (String broken :
                new String[] {"", "00 01", "78", "78 00", "78 0000", "78 0005 6742", "7c 85", "7c 05 01", "59 01"}) {
            assertThat(new H264Depacketiser().add(Hex.bytes(broken))).as(broken).isFalse();
        }
    }

    @Test
    void h264_unitWithinFragments_isRefused() {
        H264Depacketiser h264 = new H264Depacketiser();
        h264.add(Hex.bytes("7c 85 8801"));

        assertThat(h264.add(Hex.bytes("41 9a"))).isFalse();
        assertThat(h264.add(Hex.bytes("7c 85 8801"))).isFalse();
    }
}
