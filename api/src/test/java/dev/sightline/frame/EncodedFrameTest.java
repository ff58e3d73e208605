package dev.sightline.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EncodedFrameTest {

    @Test
    void encodedFrame_keepsItsMetadata_whateverTheFrameLearnsLater() {
        Metadata known = new Metadata().put("a", 1);
        EncodedFrame frame = EncodedFrame.mjpeg(new byte[] {1, 2, 3}, 64, 48, 7, 8, known);
        known.put("b", 2);
        assertThat(frame.metadata().values()).containsOnlyKeys("a");
        assertThat(frame.seq()).isEqualTo(7);
        assertThat(frame.captureNanos()).isEqualTo(8);
        assertThat(frame.codec()).isEqualTo(Codec.MJPEG);
        assertThat(frame.keyframe()).isTrue();
    }

    @Test
    void data_isReadOnly_andEachCallersOwn() {
        EncodedFrame frame = EncodedFrame.mjpeg(new byte[] {1, 2, 3}, 64, 48, 7, 8, Metadata.EMPTY);
        frame.data().get();
        assertThat(frame.data().isReadOnly()).isTrue();
        assertThat(frame.data().remaining()).isEqualTo(3);
        assertThat(frame.size()).isEqualTo(3);
    }

    @Test
    void with_otherMetadata_isTheSamePicture() {
        EncodedFrame frame = EncodedFrame.mjpeg(new byte[] {1, 2, 3}, 64, 48, 7, 8, Metadata.EMPTY);
        EncodedFrame other = frame.with(new Metadata().put("state", "STALE"));
        assertThat(other.metadata().values()).containsEntry("state", "STALE");
        assertThat(other.data()).isEqualTo(frame.data());
        assertThat(other.seq()).isEqualTo(7);
        assertThat(frame.metadata().isEmpty()).isTrue();
    }
}
