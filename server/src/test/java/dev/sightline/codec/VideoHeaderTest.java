package dev.sightline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.h264.SequenceParameters;
import dev.sightline.testkit.Pictures;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VideoHeaderTest {
    /** 1920x1080, high profile, level 4, cropped from 1088 rows, two pictures reordered, as x264 writes it. */
    private static final String HIGH_1080P =
            "00000001 67640028acd940780227e584000003000400000300f03c60c658 00000001 68ebe3cb22c0 00000165888400";

    @ParameterizedTest
    @CsvSource({"VP8, 322, 242", "H264, 322, 242", "VP8, 1280, 720", "H264, 1280, 720"})
    void of_whatTheEncoderWrites_tellsKeyframeAndSize(Codec codec, int width, int height) {
        List<EncodedFrame> encoded = VideoPictures.encode(new Rendition.Video(codec, 0, 1_000_000), width, height, 3);

        VideoHeader first = VideoHeader.of(codec, encoded.get(0).data()).orElseThrow();
        VideoHeader second = VideoHeader.of(codec, encoded.get(1).data()).orElseThrow();

        assertThat(first.keyframe()).isTrue();
        assertThat(first.width()).isEqualTo(width);
        assertThat(first.height()).isEqualTo(height);
        assertThat(second.keyframe()).isFalse();
        assertThat(second.width()).isZero();
    }

    @Test
    void of_ourH264_isConstrainedBaselineOfTheRightLevel() {
        EncodedFrame picture = VideoPictures.encode(new Rendition.Video(Codec.H264, 0, 2_000_000), 1280, 720, 1)
                .get(0);

        SequenceParameters parameters = VideoHeader.of(Codec.H264, picture.data())
                .orElseThrow()
                .parameters()
                .orElseThrow();

        assertThat(parameters.kind().profileLevelId()).startsWith("42").endsWith("1f");
        assertThat(parameters.kind().isConstrainedBaseline()).isTrue();
        assertThat(parameters.mayReorder()).isFalse();
    }

    @Test
    void of_highProfileWithBFrames_tellsCroppedSizeAndReordering() {
        VideoHeader header = VideoHeader.of(Codec.H264, bytes(HIGH_1080P)).orElseThrow();

        assertThat(header.keyframe()).isTrue();
        assertThat(header.width()).isEqualTo(1920);
        assertThat(header.height()).isEqualTo(1080);
        SequenceParameters parameters = header.parameters().orElseThrow();
        assertThat(parameters.kind().profileLevelId()).isEqualTo("640028");
        assertThat(parameters.reorderedPictures()).hasValue(2);
        assertThat(parameters.mayReorder()).isTrue();
        assertThat(parameters.kind().isConstrainedBaseline()).isFalse();
    }

    @Test
    void of_parameterSetsWithoutAPicture_isNoPicture() {
        String text = HIGH_1080P.substring(0, HIGH_1080P.lastIndexOf(' '));

        assertThat(VideoHeader.of(Codec.H264, bytes(text))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void of_everyTruncation_isReadOrNot(Codec codec) {
        byte[] whole = Pictures.bytes(VideoPictures.encode(new Rendition.Video(codec, 0, 500_000), 320, 240, 1)
                .get(0));
        for (int length = 0; length < Math.min(200, whole.length); length++) {
            VideoHeader.of(codec, ByteBuffer.wrap(Arrays.copyOf(whole, length)))
                    .ifPresent(header -> assertThat(header.width()).isIn(0, 320));
        }
        assertThat(VideoHeader.of(codec, ByteBuffer.wrap(whole, 0, 2))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void of_anyBytes_throwsNothing(Codec codec) {
        Random random = new Random(4);
        byte[] start = {0, 0, 0, 1, 0x67, 0x64, 0, 0x28};
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            System.arraycopy(start, 0, bytes, 0, Math.min(bytes.length, random.nextInt(start.length + 1)));
            VideoHeader.of(codec, ByteBuffer.wrap(bytes)).ifPresent(header -> {
                assertThat(header.width()).isBetween(0, 1 << 18);
                assertThat(header.height()).isBetween(0, 1 << 18);
            });
        }
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
