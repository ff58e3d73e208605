package dev.sightline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import dev.sightline.testkit.PatternNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
class TemporalLayersTest {
    private static final Rendition.Video SMALL = new Rendition.Video(Codec.VP8, 0, 300_000);

    @Test
    void layers_areEachFourthFrame_eachSecond_andAll_betweenWhatNeedsNone() {
        List<EncodedFrame> encoded = encoded(40, 10, 30);

        assertThat(encoded.subList(0, 9))
                .extracting(EncodedFrame::temporalLayer)
                .containsOnly(0);
        assertThat(encoded.subList(9, 17))
                .extracting(EncodedFrame::temporalLayer)
                .containsExactly(2, 1, 2, 0, 2, 1, 2, 0);
        assertThat(encoded.subList(30, 40))
                .extracting(EncodedFrame::temporalLayer)
                .containsOnly(0);
        assertThat(encoded.stream().filter(EncodedFrame::keyframe)).hasSize(1);
    }

    /**
     * What a decoder shows is the same to the pixel, whichever of the frames above the base layer it got. Of a calm picture libvpx
     * makes each fortieth frame the golden one, in whatever layer that is.
     */
    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12, 13})
    void framesAboveTheBaseLayer_leftOutAtRandom_changeNoOther(int from) {
        List<EncodedFrame> encoded = encoded(200, from, 140);
        List<Mat> whole = decoded(encoded);
        Random random = new Random(1);
        List<EncodedFrame> some = encoded.stream()
                .filter(each -> each.temporalLayer() == 0 || random.nextBoolean())
                .toList();
        assertThat(some).hasSizeBetween(130, 170);

        List<Mat> part = decoded(some);

        for (int i = 0; i < some.size(); i++) {
            try (Mat expected = whole.get((int) some.get(i).seq() - 1);
                    Mat actual = part.get(i)) {
                assertThat(PatternNumber.read(actual))
                        .isEqualTo(OptionalLong.of(some.get(i).seq()));
                assertThat(opencv_core.norm(expected, actual, opencv_core.NORM_INF, opencv_core.noArray()))
                        .as("largest difference in frame " + some.get(i).seq())
                        .isZero();
            }
        }
        whole.forEach(Mat::close);
    }

    /** Some of what was before it may have been left out, whatever the encoder made of that. */
    @Test
    void firstFrameAfterLayers_refersToTheBaseLayerAlone() {
        TemporalLayers layers = new TemporalLayers();
        layers.encoded(layers.next(true, false), true);

        TemporalLayers.Place leftOut = layers.next(false, false);
        TemporalLayers.Place first = layers.next(false, false);
        layers.encoded(first, false);

        assertThat(leftOut).isEqualTo(new TemporalLayers.Place(0, true));
        assertThat(first).isEqualTo(leftOut);
        assertThat(layers.next(false, false)).isEqualTo(TemporalLayers.Place.NONE);
    }

    @Test
    void forcedKeyframe_isInTheBaseLayer() {
        try (Encoder encoder = Encoders.encoder(SMALL)) {
            encoder.useTemporalLayers(true);
            List<EncodedFrame> encoded = VideoPictures.encode(encoder, 320, 240, 30, 20, number -> {
                if (number == 11) {
                    encoder.forceKeyframe();
                }
            });

            assertThat(encoded.get(10).keyframe()).isTrue();
            assertThat(encoded.subList(10, 15))
                    .extracting(EncodedFrame::temporalLayer)
                    .containsExactly(0, 2, 1, 2, 0);
        }
    }

    @Test
    void h264_thatCannotBeTold_hasTheBaseLayerOnly() {
        try (Encoder encoder = Encoders.encoder(new Rendition.Video(Codec.H264, 0, 300_000))) {
            encoder.useTemporalLayers(true);

            assertThat(VideoPictures.encode(encoder, 320, 240, 30, 12, number -> {}))
                    .extracting(EncodedFrame::temporalLayer)
                    .containsOnly(0);
        }
    }

    /** In temporal layers are those from one number on, up to another. */
    private static List<EncodedFrame> encoded(int count, int from, int to) {
        try (Encoder encoder = Encoders.encoder(SMALL)) {
            return VideoPictures.encode(
                    encoder, 320, 240, 30, count, number -> encoder.useTemporalLayers(number >= from && number <= to));
        }
    }

    private static List<Mat> decoded(List<EncodedFrame> frames) {
        try (VideoDecoder decoder = new VideoDecoder(Codec.VP8)) {
            List<Mat> pictures = new ArrayList<>();
            for (EncodedFrame each : frames) {
                try (Frame frame = decoder.decode(each, PixelFormat.BGR).orElseThrow()) {
                    pictures.add(frame.mat().clone());
                }
            }
            return pictures;
        }
    }
}
