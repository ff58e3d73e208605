package dev.sightline.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import dev.sightline.source.pattern.PatternPainter;
import dev.sightline.testkit.PatternNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("native")
class VideoEncoderTest {
    private static final boolean LONG = Boolean.getBoolean("sightline.long");

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void encode_threeHundredPictures_giveEachAtOnceAndOneKeyframe(Codec codec) {
        List<EncodedFrame> encoded = VideoPictures.encode(video(codec, 0, 800_000), 640, 360, 300);

        assertThat(encoded)
                .extracting(EncodedFrame::seq)
                .isEqualTo(LongStream.rangeClosed(1, 300).boxed().toList());
        assertThat(encoded.stream().filter(EncodedFrame::keyframe).map(EncodedFrame::seq))
                .containsExactly(1L);
        try (VideoDecoder decoder = new VideoDecoder(codec)) {
            for (EncodedFrame each : encoded) {
                try (Frame frame = decoder.decode(each, PixelFormat.BGR).orElseThrow()) {
                    assertThat(PatternNumber.read(frame.mat())).hasValue(each.seq());
                    assertThat(frame.captureNanos()).isEqualTo(each.captureNanos());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void encode_carriesIdentityAndMetadata(Codec codec) {
        EncodedFrame frame =
                VideoPictures.encode(video(codec, 0, 800_000), 320, 240, 7).get(6);

        assertThat(frame.codec()).isEqualTo(codec);
        assertThat(frame.seq()).isEqualTo(7);
        assertThat(frame.captureNanos()).isEqualTo(VideoPictures.START + 7_000_000_000L / 30);
        assertThat(frame.presentationNanos()).isEqualTo(frame.captureNanos());
        assertThat(frame.metadata().values()).containsEntry("number", 7L);
        assertThat(frame.width()).isEqualTo(320);
        assertThat(frame.height()).isEqualTo(240);
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void forceKeyframe_makesTheNextPictureOne(Codec codec) {
        try (Encoder encoder = Encoders.encoder(video(codec, 0, 500_000))) {
            List<EncodedFrame> encoded = VideoPictures.encode(encoder, 320, 240, 30, 60, number -> {
                if (number == 20 || number == 21 || number == 50) {
                    encoder.forceKeyframe();
                }
            });

            assertThat(encoded.stream().filter(EncodedFrame::keyframe).map(EncodedFrame::seq))
                    .containsExactly(1L, 20L, 21L, 50L);
            assertThat(encoded)
                    .allSatisfy(each -> assertThat(VideoHeader.of(codec, each.data())
                                    .orElseThrow()
                                    .keyframe())
                            .isEqualTo(each.keyframe()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void decode_fromALaterKeyframe_needsNothingBeforeIt(Codec codec) {
        try (Encoder encoder = Encoders.encoder(video(codec, 0, 500_000));
                VideoDecoder decoder = new VideoDecoder(codec)) {
            List<EncodedFrame> encoded = VideoPictures.encode(encoder, 320, 240, 30, 40, number -> {
                if (number == 30) {
                    encoder.forceKeyframe();
                }
            });
            for (EncodedFrame each : encoded.subList(20, 40)) {
                assertThat(number(decoder, each))
                        .isEqualTo(each.seq() < 30 ? OptionalLong.empty() : OptionalLong.of(each.seq()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void take_pictureOfAnotherSize_beginsAnewWithAKeyframe(Codec codec) {
        try (Encoder encoder = Encoders.encoder(video(codec, 0, 500_000));
                VideoDecoder decoder = new VideoDecoder(codec);
                PatternPainter small = new PatternPainter(320, 240, 30);
                PatternPainter large = new PatternPainter(480, 272, 30)) {
            for (int number = 1; number <= 30; number++) {
                EncodedFrame encoded = VideoPictures.encode(
                                encoder, number <= 10 || number > 20 ? small : large, number, 30, PixelFormat.BGR)
                        .orElseThrow();

                assertThat(encoded.keyframe()).isEqualTo(number % 10 == 1);
                assertThat(encoded.width()).isEqualTo(number <= 10 || number > 20 ? 320 : 480);
                assertThat(number(decoder, encoded)).hasValue(number);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "VP8, 641, 481, 0, 640, 480",
        "H264, 641, 481, 0, 640, 480",
        "VP8, 1280, 720, 640, 640, 360",
        "H264, 1280, 720, 320, 320, 180",
        "H264, 1279, 721, 641, 640, 360",
        "VP8, 1000, 750, 640, 640, 480",
        "VP8, 320, 240, 640, 320, 240",
        "H264, 240, 426, 640, 240, 426",
        "VP8, 33, 17, 0, 32, 16",
        "H264, 33, 17, 0, 32, 16"
    })
    void encode_anySize_becomesEvenAndIsNotEnlarged(
            Codec codec, int width, int height, int most, int encodedWidth, int encodedHeight) {
        List<EncodedFrame> encoded = VideoPictures.encode(video(codec, most, 800_000), width, height, 3);

        assertThat(encoded).hasSize(3).allSatisfy(each -> {
            assertThat(each.width()).isEqualTo(encodedWidth);
            assertThat(each.height()).isEqualTo(encodedHeight);
        });
        try (VideoDecoder decoder = new VideoDecoder(codec);
                Frame frame = decoder.decode(encoded.get(0), PixelFormat.BGR).orElseThrow()) {
            assertThat(frame.width()).isEqualTo(encodedWidth);
            assertThat(frame.height()).isEqualTo(encodedHeight);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void take_besideTheOneBegun_keepsBothApartAndTheNewestWins(Codec codec) {
        try (Encoder encoder = Encoders.encoder(video(codec, 0, 800_000));
                VideoDecoder decoder = new VideoDecoder(codec);
                PatternPainter painter = new PatternPainter(320, 240, 30)) {
            VideoPictures.take(encoder, painter, 1, 30, PixelFormat.BGR);
            encoder.begin();
            VideoPictures.take(encoder, painter, 2, 30, PixelFormat.BGR);
            VideoPictures.take(encoder, painter, 3, 30, PixelFormat.BGR);

            EncodedFrame first = encoder.encode().orElseThrow();
            EncodedFrame second = encoder.encode().orElseThrow();

            assertThat(first.seq()).isEqualTo(1);
            assertThat(number(decoder, first)).hasValue(1);
            assertThat(second.seq()).isEqualTo(3);
            assertThat(number(decoder, second)).hasValue(3);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void encode_grayAndColourInTurn_bothCanBeRead(Codec codec) {
        try (Encoder encoder = Encoders.encoder(video(codec, 0, 800_000));
                VideoDecoder decoder = new VideoDecoder(codec);
                PatternPainter painter = new PatternPainter(320, 240, 30)) {
            for (int number = 1; number <= 20; number++) {
                PixelFormat format = number % 10 < 5 ? PixelFormat.GRAY : PixelFormat.BGR;
                EncodedFrame encoded = VideoPictures.encode(encoder, painter, number, 30, format)
                        .orElseThrow();
                assertThat(number(decoder, encoded)).hasValue(number);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "VP8, 255, 255, 255", "VP8, 0, 0, 0", "VP8, 40, 40, 220", "VP8, 220, 60, 30", "VP8, 50, 200, 60",
        "H264, 255, 255, 255", "H264, 0, 0, 0", "H264, 40, 40, 220", "H264, 220, 60, 30", "H264, 50, 200, 60"
    })
    void decode_plainColour_isTheSameColour(Codec codec, int blue, int green, int red) {
        try (Encoder encoder = Encoders.encoder(video(codec, 0, 1_000_000));
                VideoDecoder decoder = new VideoDecoder(codec);
                Frame frame = plain(1, 160, 120, blue, green, red)) {
            encoder.take(frame);
            try (Frame decoded = decoder.decode(encoder.encode().orElseThrow(), PixelFormat.BGR)
                            .orElseThrow();
                    Scalar mean = opencv_core.mean(decoded.mat())) {
                assertThat(mean.get(0)).isCloseTo(blue, within(6.0));
                assertThat(mean.get(1)).isCloseTo(green, within(6.0));
                assertThat(mean.get(2)).isCloseTo(red, within(6.0));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "VP8, 8, 6, 0, 16, 16",
        "H264, 8, 6, 0, 16, 16",
        "VP8, 640, 10, 0, 640, 16",
        "H264, 15, 641, 0, 16, 640",
        "VP8, 1000, 20, 320, 320, 16",
        "H264, 2000, 3, 320, 320, 16"
    })
    void encode_tooSmallForVideo_isStretchedToTheLeast(
            Codec codec, int width, int height, int most, int encodedWidth, int encodedHeight) {
        try (Encoder encoder = Encoders.encoder(video(codec, most, 1_000_000));
                VideoDecoder decoder = new VideoDecoder(codec);
                Frame frame = plain(1, width, height, 40, 40, 220)) {
            encoder.take(frame);
            try (Frame decoded = decoder.decode(encoder.encode().orElseThrow(), PixelFormat.BGR)
                            .orElseThrow();
                    Scalar mean = opencv_core.mean(decoded.mat())) {
                assertThat(decoded.width()).isEqualTo(encodedWidth);
                assertThat(decoded.height()).isEqualTo(encodedHeight);
                assertThat(mean.get(2)).isCloseTo(220, within(6.0));
            }
        }
    }

    /** Each codec at every size and pace; in the short run one codec at each. */
    private static Stream<Arguments> rates() {
        Stream<Arguments> some = Stream.of(
                Arguments.of(Codec.VP8, 0, 2_000_000, 30),
                Arguments.of(Codec.H264, 640, 800_000, 30),
                Arguments.of(Codec.VP8, 320, 300_000, 30),
                Arguments.of(Codec.H264, 640, 800_000, 10));
        Stream<Arguments> others = Stream.of(
                Arguments.of(Codec.H264, 0, 2_000_000, 30),
                Arguments.of(Codec.VP8, 640, 800_000, 30),
                Arguments.of(Codec.H264, 320, 300_000, 30),
                Arguments.of(Codec.VP8, 640, 800_000, 10));
        return LONG ? Stream.concat(some, others) : some;
    }

    /** Below it, as a simple picture needs less; above it, by no more than a seventh. */
    @ParameterizedTest
    @MethodSource("rates")
    void encode_tenSeconds_holdTheRateAndTheFullPace(Codec codec, int width, int bitsPerSecond, int fps) {
        try (Encoder encoder = Encoders.encoder(video(codec, width, bitsPerSecond))) {
            List<EncodedFrame> encoded = VideoPictures.encode(encoder, 1280, 720, fps, 10 * fps, number -> {});

            long share = VideoPictures.kilobitsPerSecond(encoded, 10) * 100_000 / bitsPerSecond;
            assertThat(encoded).hasSize(10 * fps);
            assertThat(share).isBetween(20L, 115L);
        }
    }

    /**
     * Noise over which a camera sways: hardly to be compressed. libvpx holds the rate by quality alone; libopenh264 takes
     * some of it for new scenes, and needs smaller pictures.
     */
    @ParameterizedTest
    @CsvSource({"VP8, 240, 345", "H264, 228, 345"})
    void encode_swayingTexture_holdsTheRateByQualityFirst(Codec codec, int leastPictures, long mostKilobits) {
        List<EncodedFrame> encoded = new ArrayList<>();
        try (Encoder encoder = Encoders.encoder(video(codec, 320, 300_000));
                Mat texture = texture(900, 600)) {
            for (int number = 1; number <= 240; number++) {
                int x = (int) (100 + 90 * Math.sin(number / 160.0));
                int y = (int) (100 + 90 * Math.cos(number / 260.0));
                try (Rect seen = new Rect(x, y, 640, 360);
                        Frame frame = frame(number, texture.apply(seen))) {
                    encoder.take(frame);
                }
                encoder.encode().ifPresent(encoded::add);
            }
        }
        assertThat(encoded).hasSizeGreaterThanOrEqualTo(leastPictures);
        assertThat(VideoPictures.kilobitsPerSecond(encoded, 8)).isBetween(150L, mostKilobits);
    }

    private static Mat texture(int width, int height) {
        Mat texture = new Mat();
        try (Mat noise = new Mat(height / 4, width / 4, opencv_core.CV_8UC3);
                Mat low = new Mat(1, 1, opencv_core.CV_64F, Scalar.all(0));
                Mat high = new Mat(1, 1, opencv_core.CV_64F, Scalar.all(255));
                Size size = new Size(width, height)) {
            opencv_core.setRNGSeed(1);
            opencv_core.randu(noise, low, high);
            opencv_imgproc.resize(noise, texture, size, 0, 0, opencv_imgproc.INTER_CUBIC);
        }
        return texture;
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void encode_noiseAboveAnyRate_leavesPicturesOutButHoldsIt(Codec codec) {
        long bytes = 0;
        try (Encoder encoder = Encoders.encoder(video(codec, 0, 100_000));
                Mat low = new Mat(1, 1, opencv_core.CV_64F, Scalar.all(0));
                Mat high = new Mat(1, 1, opencv_core.CV_64F, Scalar.all(255))) {
            for (int number = 1; number <= 300; number++) {
                try (Frame frame = plain(number, 640, 480, 0, 0, 0)) {
                    opencv_core.randu(frame.mat(), low, high);
                    encoder.take(frame);
                }
                bytes += encoder.encode().map(EncodedFrame::size).orElse(0);
            }
        }
        // The first picture alone, a keyframe of noise, may take some seconds' worth.
        assertThat(bytes * 8).isLessThan(10 * 3 * 100_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void openAndClose_manyTimes_leaveNoNativeMemoryBehind(Codec codec) {
        long before = 0;
        int rounds = LONG ? 60 : 30;
        for (int i = 1; i <= rounds; i++) {
            List<EncodedFrame> encoded = VideoPictures.encode(video(codec, 0, 800_000), 640, 480, 2);
            try (VideoDecoder decoder = new VideoDecoder(codec)) {
                encoded.forEach(each -> number(decoder, each));
            }
            if (i == rounds / 3) {
                before = residentBytes();
            }
        }
        // Twenty leaked encoders or decoders of this size would be five times as much.
        assertThat(residentBytes() - before).isLessThan(40_000_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENH264", "LIBVPX"})
    void answersAtOnce_onTrial_holdsForOurEncoders(EncoderChoice choice) {
        assertThat(EncoderSearch.answersAtOnce(choice, new EncoderSettings(320, 240, 500_000, 30, false, false)))
                .isTrue();
    }

    @Test
    void answersAtOnce_encoderThatIsNotHere_isFalse() {
        assertThat(EncoderSearch.answersAtOnce(
                        EncoderChoice.AMF, new EncoderSettings(320, 240, 500_000, 30, false, false)))
                .isFalse();
    }

    private static long residentBytes() {
        return Pointer.physicalBytes();
    }

    private static OptionalLong number(VideoDecoder decoder, EncodedFrame encoded) {
        return decoder.decode(encoded, PixelFormat.BGR)
                .map(frame -> {
                    try (frame) {
                        return PatternNumber.read(frame.mat());
                    }
                })
                .orElse(OptionalLong.empty());
    }

    private static Rendition.Video video(Codec codec, int width, int bitsPerSecond) {
        return new Rendition.Video(codec, width, bitsPerSecond);
    }

    private static Frame plain(long seq, int width, int height, int blue, int green, int red) {
        try (Scalar colour = new Scalar(blue, green, red, 0)) {
            return frame(seq, new Mat(height, width, opencv_core.CV_8UC3, colour));
        }
    }

    private static Frame frame(long seq, Mat picture) {
        return new Frame(seq, VideoPictures.START + seq * 1_000_000_000L / 30, picture);
    }
}
