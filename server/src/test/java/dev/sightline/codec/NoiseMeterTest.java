package dev.sightline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
class NoiseMeterTest {
    private static final int FPS = 30;

    private final NoiseMeter meter = new NoiseMeter();
    private final YuvPicture picture = new YuvPicture(320, 240);
    private final Mat scene = smooth();
    private int number;

    @AfterEach
    void close() {
        picture.close();
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6, 8, 10})
    void noisy_tinyPictures_isFalse(int size) {
        try (YuvPicture tiny = new YuvPicture(size, size)) {
            for (int i = 0; i < FPS; i++) {
                meter.look(tiny, i * 1_000_000_000L / FPS);
            }
        }

        assertThat(meter.noisy()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 12, 15})
    void noisy_withinThePicturesOfAFifthOfASecond_isTrue(int most) {
        show(6, 0, most);

        assertThat(meter.noisy()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 6})
    void noisy_littleNoise_isFalse(int most) {
        show(5 * FPS, 0, most);

        assertThat(meter.noisy()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void noisy_cleanPan_isFalse(int pixels) {
        show(5 * FPS, pixels, 0);

        assertThat(meter.noisy()).isFalse();
    }

    @Test
    void noisy_noisyPan_isTrue() {
        show(2 * FPS, 3, 12);

        assertThat(meter.noisy()).isTrue();
    }

    @Test
    void noisy_noNoiseAnyMore_isFalseSecondsLater() {
        show(2 * FPS, 0, 12);

        show(3 * FPS, 0, 0);
        assertThat(meter.noisy()).isTrue();

        show(3 * FPS, 0, 0);
        assertThat(meter.noisy()).isFalse();
    }

    @Test
    void noisy_aSecondOfNoiseSeldom_isFalse() {
        show(FPS, 0, 0);
        show(FPS / 2, 0, 12);
        show(FPS, 0, 0);

        assertThat(meter.noisy()).isFalse();
    }

    /** So many pictures, which move by so many pixels each. */
    private void show(int pictures, int pixels, int noise) {
        for (int i = 0; i < pictures; i++, number++) {
            try (Rect seen = new Rect(number * pixels % 400, 0, 320, 240);
                    Mat part = scene.apply(seen);
                    Mat shown = noisy(part, noise)) {
                picture.fill(shown);
            }
            meter.look(picture, VideoPictures.START + number * 1_000_000_000L / FPS);
        }
    }

    private static Mat noisy(Mat clean, int most) {
        Mat noisy = new Mat();
        try (Mat noise = new Mat(clean.rows(), clean.cols(), opencv_core.CV_16SC3);
                Mat low = new Mat(1, 1, opencv_core.CV_64F, Scalar.all(-most));
                Mat high = new Mat(1, 1, opencv_core.CV_64F, Scalar.all(most + 1))) {
            opencv_core.randu(noise, low, high);
            opencv_core.add(clean, noise, noisy, opencv_core.noArray(), opencv_core.CV_8U);
        }
        return noisy;
    }

    /** What a room looks like to a meter: grains of 16 pixels. */
    private static Mat smooth() {
        Mat smooth = new Mat();
        try (Mat coarse = new Mat(15, 45, opencv_core.CV_8UC3);
                Mat low = new Mat(1, 1, opencv_core.CV_64F, Scalar.all(50));
                Mat high = new Mat(1, 1, opencv_core.CV_64F, Scalar.all(200));
                Size size = new Size(720, 240)) {
            opencv_core.setRNGSeed(1);
            opencv_core.randu(coarse, low, high);
            opencv_imgproc.resize(coarse, smooth, size, 0, 0, opencv_imgproc.INTER_LINEAR);
        }
        return smooth;
    }
}
