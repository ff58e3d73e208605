package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import dev.sightline.frame.Picture;
import org.junit.jupiter.api.Test;

class PictureSlotTest {
    private static final int MEGABYTE = 1 << 20;

    private final PictureSlot slot = new PictureSlot();
    private long seq;

    @Test
    void clear_otherGeneration_isThatOfFramesPutAfterwards() throws Exception {
        put(true, 100);
        slot.take();
        long first = slot.takenGeneration();
        put(true, 100);
        slot.clear();
        assertThat(slot.isEmpty()).isTrue();
        assertThat(slot.takenGeneration()).as("of the frame taken before").isEqualTo(first);
        put(true, 100);
        slot.take();
        assertThat(slot.takenGeneration()).isEqualTo(slot.generation()).isGreaterThan(first);
    }

    @Test
    void put_videoThatNobodyTakes_isKeptForASecond() throws Exception {
        put(true, 1_000);
        for (int i = 1; i < PictureSlot.MOST_OF_VIDEO; i++) {
            put(false, 1_000);
        }
        assertThat(slot.dropped()).isZero();
        put(false, 1_000);

        assertThat(slot.dropped()).isEqualTo(1);
        assertThat(slot.needsKeyframe()).isTrue();
        assertThat(slot.take()).map(Picture::seq).contains(1L);
    }

    @Test
    void put_largePicturesThatNobodyTakes_areKeptUpToSixteenMegabytes() throws Exception {
        put(true, 4 * MEGABYTE);
        put(false, 4 * MEGABYTE);
        assertThat(slot.take()).map(Picture::seq).contains(1L);
        for (int i = 0; i < 3; i++) {
            put(false, 4 * MEGABYTE);
        }
        assertThat(slot.dropped()).isZero();
        put(false, 1);
        assertThat(slot.dropped()).isEqualTo(1);

        put(true, 5 * MEGABYTE);
        assertThat(slot.dropped()).isEqualTo(5);
        put(false, 11 * MEGABYTE);
        assertThat(slot.dropped()).isEqualTo(5);
    }

    private void put(boolean keyframe, int size) {
        slot.put(new EncodedFrame(Codec.H264, new byte[size], keyframe, 320, 240, ++seq, seq, Metadata.EMPTY));
    }
}
