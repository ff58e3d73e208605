package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EncoderLoadTest {
    private static final int PICTURES = 30;

    private final EncoderLoad load = new EncoderLoad();
    private long frames;
    private long skipped;

    @Test
    void isHigh_encoderThatBegins_isNot() {
        look("vp8 source 2000 kbit/s", 0);
        look("vp8 source 2000 kbit/s", 10);
        look("vp8 source 2000 kbit/s", 0);
        look("vp8 source 2000 kbit/s", 10);
        assertThat(load.isHigh()).isFalse();
    }

    @Test
    void isHigh_oftenTooLate_untilItWasEasyForLong() {
        look("h264 640 800 kbit/s", 5);
        look("h264 640 800 kbit/s", 5);
        assertThat(load.isHigh()).isTrue();
        for (int i = 0; i < 15; i++) {
            look("h264 640 800 kbit/s", 0);
        }
        assertThat(load.isHigh()).isTrue();
        look("h264 640 800 kbit/s", 1);
        for (int i = 0; i < 19; i++) {
            look("h264 640 800 kbit/s", 0);
            assertThat(load.isHigh()).isTrue();
        }
        look("h264 640 800 kbit/s", 0);
        assertThat(load.isHigh()).isFalse();
    }

    @Test
    void isHigh_slowEncoderOfSinglePictures_isNoneOfIt() {
        look("mjpeg source q80", 0);
        for (int i = 0; i < 5; i++) {
            look("mjpeg source q80", 20);
        }
        assertThat(load.isHigh()).isFalse();
    }

    private void look(String rendition, int more) {
        frames += PICTURES;
        skipped += more;
        load.see(StreamLooks.live(640, 360, 30, frames, StreamLooks.rendition(rendition, skipped)));
    }
}
