package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import org.junit.jupiter.api.Test;

class EncoderLoadTest {
    private static final int PICTURES = 30;
    private static final Rendition VP8 = new Rendition.Video(Codec.VP8, Rendition.SOURCE_WIDTH, 2_000_000);
    private static final Rendition H264 = new Rendition.Video(Codec.H264, 640, 800_000);

    private final EncoderLoad load = new EncoderLoad();
    private long frames;
    private long skipped;

    @Test
    void isHigh_encoderThatBegins_isNot() {
        look(VP8, 0);
        look(VP8, 10);
        look(VP8, 0);
        look(VP8, 10);
        assertThat(load.isHigh()).isFalse();
    }

    @Test
    void isHigh_oftenTooLate_untilItWasEasyForLong() {
        look(H264, 5);
        look(H264, 5);
        assertThat(load.isHigh()).isTrue();
        for (int i = 0; i < 15; i++) {
            look(H264, 0);
        }
        assertThat(load.isHigh()).isTrue();
        look(H264, 1);
        for (int i = 0; i < 19; i++) {
            look(H264, 0);
            assertThat(load.isHigh()).isTrue();
        }
        look(H264, 0);
        assertThat(load.isHigh()).isFalse();
    }

    @Test
    void isHigh_slowEncoderOfSinglePictures_isNoneOfIt() {
        look(Rendition.DEFAULT, 0);
        for (int i = 0; i < 5; i++) {
            look(Rendition.DEFAULT, 20);
        }
        assertThat(load.isHigh()).isFalse();
    }

    private void look(Rendition rendition, int more) {
        frames += PICTURES;
        skipped += more;
        load.see(StreamLooks.live(640, 360, 30, frames, StreamLooks.rendition(rendition, skipped)));
    }
}
