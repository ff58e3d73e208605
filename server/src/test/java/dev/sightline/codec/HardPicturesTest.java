package dev.sightline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.source.pattern.PatternPainter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What no quality is low enough for: noise and fine texture, 30 pictures of 640x480 a second, at the ladder's rate. */
@Tag("native")
class HardPicturesTest {
    private static final int FPS = 30;
    private static final int BITS_PER_SECOND = 1_000_000;

    private static final boolean LONG = Boolean.getBoolean("sightline.long");

    /** So many pictures show whether a rate or a size is held; a longer look shows it for longer. */
    private static final int HELD = (LONG ? 8 : 5) * FPS;

    private final PatternPainter painter = new PatternPainter(640, 480, FPS);

    @AfterEach
    void close() {
        painter.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void encode_noiseThatNoQualityIsLowEnoughFor_paysWithSizeAndNotWithPictures(Codec codec) {
        assertHeld(encode(codec, 5 * FPS, number -> noisy(number, 255)), 5 * FPS);
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void encode_fineTextureInMotion_paysWithSizeAndNotWithPictures(Codec codec) {
        try (Mat texture = texture()) {
            assertHeld(encode(codec, HELD, number -> swaying(texture, number)), HELD);
        }
    }

    /** Little, some and much; in the short run little and much, of H.264 much. */
    private static Stream<Arguments> noises() {
        Stream<Arguments> all = Stream.of(3, 6, 12)
                .flatMap(most -> Stream.of(Arguments.of(Codec.VP8, most), Arguments.of(Codec.H264, most)));
        return LONG
                ? all
                : Stream.of(Arguments.of(Codec.VP8, 3), Arguments.of(Codec.VP8, 12), Arguments.of(Codec.H264, 12));
    }

    @ParameterizedTest
    @MethodSource("noises")
    void encode_sensorNoise_keepsItsSize(Codec codec, int most) {
        List<EncodedFrame> encoded = encode(codec, 4 * FPS, number -> noisy(number, most));

        assertHeld(encoded, 4 * FPS);
        assertThat(encoded).allMatch(each -> each.width() == 640);
    }

    /** What denoises is another encoder, which begins with a keyframe. */
    @ParameterizedTest
    @CsvSource({"0, 1", "3, 1", "12, 2"})
    void encode_strongNoise_isDenoisedAndNothingElse(int most, int keyframes) {
        List<EncodedFrame> encoded = encode(Codec.VP8, 3 * FPS, number -> noisy(number, most));

        assertThat(encoded.stream().filter(EncodedFrame::keyframe)).hasSize(keyframes);
    }

    @Test
    void options_noisy_denoise() {
        EncoderSettings clean = new EncoderSettings(640, 480, BITS_PER_SECOND, FPS, false, false);
        EncoderSettings noisy = new EncoderSettings(640, 480, BITS_PER_SECOND, FPS, true, false);

        assertThat(EncoderChoice.LIBVPX.options(clean)).containsEntry("noise-sensitivity", "0");
        assertThat(EncoderChoice.LIBVPX.options(noisy)).containsEntry("noise-sensitivity", "1");
        assertThat(EncoderChoice.OPENH264.options(noisy)).isEqualTo(EncoderChoice.OPENH264.options(clean));
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void encode_clean_keepsItsSizeAndItsOneKeyframe(Codec codec) {
        List<EncodedFrame> encoded = encode(codec, HELD, number -> noisy(number, 0));

        assertThat(encoded).hasSize(HELD).allMatch(each -> each.width() == 640);
        assertThat(encoded.stream().filter(EncodedFrame::keyframe)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void encode_afterTheNoise_hasTheWholeSizeAgain(Codec codec) {
        List<EncodedFrame> encoded = encode(codec, 15 * FPS, number -> noisy(number, number < 2 * FPS ? 255 : 0));

        assertThat(encoded).anyMatch(each -> each.width() < 640).last().matches(each -> each.width() == 640);
    }

    @Test
    void encode_sizeChanges_eachPictureKeepsItsIdentity() {
        List<EncodedFrame> encoded = encode(Codec.VP8, 3 * FPS, number -> noisy(number, 255));

        assertThat(encoded.stream().map(EncodedFrame::width).distinct()).hasSizeGreaterThan(1);
        assertThat(encoded).allSatisfy(each -> {
            assertThat(each.captureNanos()).isEqualTo(nanos((int) each.seq()));
            assertThat(each.metadata().values()).containsEntry("number", each.seq());
            assertThat(each.height()).isEqualTo(each.width() * 3 / 4);
        });
        assertThat(widthChanges(encoded)).allMatch(EncodedFrame::keyframe);
    }

    private static List<EncodedFrame> widthChanges(List<EncodedFrame> encoded) {
        List<EncodedFrame> changes = new ArrayList<>();
        for (int i = 1; i < encoded.size(); i++) {
            if (encoded.get(i).width() != encoded.get(i - 1).width()) {
                changes.add(encoded.get(i));
            }
        }
        return changes;
    }

    /** At least 95 of 100 pictures, and no more than 15 % above the rate over any two seconds after the first. */
    private static void assertHeld(List<EncodedFrame> encoded, int pictures) {
        assertThat(encoded).hasSizeGreaterThanOrEqualTo(pictures * 95 / 100);
        for (int from = FPS; from <= pictures - 2 * FPS; from++) {
            assertThat(bits(encoded, from, from + 2 * FPS))
                    .as("bits in the two seconds from picture %s on", from)
                    .isLessThanOrEqualTo(2 * BITS_PER_SECOND / 100 * 115);
        }
    }

    private static long bits(List<EncodedFrame> encoded, int from, int to) {
        return encoded.stream()
                .filter(each -> each.seq() >= from && each.seq() < to)
                .mapToLong(each -> each.size() * 8L)
                .sum();
    }

    private static long nanos(int number) {
        return VideoPictures.START + number * 1_000_000_000L / FPS;
    }

    private static List<EncodedFrame> encode(Codec codec, int pictures, IntFunction<Mat> paint) {
        List<EncodedFrame> encoded = new ArrayList<>();
        try (Encoder encoder = Encoders.encoder(new Rendition.Video(codec, Rendition.SOURCE_WIDTH, BITS_PER_SECOND))) {
            for (int number = 0; number < pictures; number++) {
                try (Frame frame = new Frame(number, nanos(number), paint.apply(number))) {
                    frame.metadata().put("number", (long) number);
                    encoder.take(frame);
                }
                encoder.encode().ifPresent(encoded::add);
            }
        }
        return encoded;
    }

    private Mat noisy(int number, int most) {
        try (Mat clean = painter.paint(number, nanos(number));
                Mat noise = new Mat(480, 640, opencv_core.CV_16SC3);
                Mat low = new Mat(1, 1, opencv_core.CV_64F, Scalar.all(-most));
                Mat high = new Mat(1, 1, opencv_core.CV_64F, Scalar.all(most + 1))) {
            Mat noisy = new Mat();
            opencv_core.randu(noise, low, high);
            opencv_core.add(clean, noise, noisy, opencv_core.noArray(), opencv_core.CV_8U);
            return noisy;
        }
    }

    private static Mat swaying(Mat scene, int number) {
        int x = (int) (300 + 240 * Math.sin(number / 20.0));
        int y = (int) (150 + 140 * Math.cos(number / 28.0));
        try (Rect seen = new Rect(x, y, 640, 480)) {
            return scene.apply(seen);
        }
    }

    private static Mat texture() {
        Mat texture = new Mat();
        try (Mat noise = new Mat(480, 640, opencv_core.CV_8UC3);
                Mat low = new Mat(1, 1, opencv_core.CV_64F, Scalar.all(0));
                Mat high = new Mat(1, 1, opencv_core.CV_64F, Scalar.all(255));
                Size size = new Size(1280, 960)) {
            opencv_core.setRNGSeed(1);
            opencv_core.randu(noise, low, high);
            opencv_imgproc.resize(noise, texture, size, 0, 0, opencv_imgproc.INTER_CUBIC);
        }
        return texture;
    }
}
