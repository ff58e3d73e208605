package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.status.StreamState;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastPictureTest {
    private long now = Long.MAX_VALUE - 5; // it overflows on the way
    private final LastPicture last = new LastPicture(() -> now);

    @BeforeEach
    void keepOne() {
        try (Frame frame = new Frame(1, 1, new Mat(48, 64, opencv_core.CV_8UC3, Scalar.all(0)))) {
            last.keep(frame);
        }
    }

    @AfterEach
    void close() {
        last.close();
    }

    @Test
    void jpeg_oddRenditions_neverTakeTheDefaultsPlace() throws Exception {
        for (int quality = 1; quality <= 3; quality++) {
            assertThat(jpeg(quality)).isPresent();
        }
        assertThatThrownBy(() -> jpeg(4)).isInstanceOf(RefusedException.class);
        assertThat(last.jpeg(Rendition.DEFAULT, StreamState.ENDED)).isPresent();
        assertThatThrownBy(() -> jpeg(4)).isInstanceOf(RefusedException.class);
        assertThat(jpeg(1)).isPresent();
    }

    @Test
    void jpeg_theOldestOddRendition_givesWayAfterTenSeconds() throws Exception {
        assertThat(last.jpeg(Rendition.DEFAULT, StreamState.ENDED)).isPresent();
        for (int quality = 1; quality <= 3; quality++) {
            assertThat(jpeg(quality)).isPresent();
            now += LastPicture.KEPT_NANOS / 3 + 1;
        }
        assertThat(jpeg(4)).as("in the place of the first").isPresent();
        assertThatThrownBy(() -> jpeg(1)).isInstanceOf(RefusedException.class);
        now += LastPicture.KEPT_NANOS / 3 + 1;
        assertThat(jpeg(1)).as("in the place of the second").isPresent();
    }

    private Optional<EncodedFrame> jpeg(int quality) throws RefusedException {
        return last.jpeg(new Rendition.Jpeg(Rendition.SOURCE_WIDTH, quality), StreamState.ENDED);
    }
}
