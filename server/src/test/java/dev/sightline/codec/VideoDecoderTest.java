package dev.sightline.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import dev.sightline.frame.PixelFormat;
import dev.sightline.testkit.PatternNumber;
import dev.sightline.testkit.Pictures;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VideoDecoderTest {

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void decode_beforeAnyKeyframe_passesOver(Codec codec) {
        List<EncodedFrame> encoded = pictures(codec, 3);
        try (VideoDecoder decoder = new VideoDecoder(codec)) {
            assertThat(decoder.needsKeyframe()).isTrue();
            assertThat(decoder.decode(encoded.get(1), PixelFormat.BGR)).isEmpty();
            assertThat(decoder.needsKeyframe()).isTrue();
            decoder.decode(encoded.get(0), PixelFormat.BGR).orElseThrow().close();
            assertThat(decoder.needsKeyframe()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void decode_toGray_isTheLuminance(Codec codec) {
        try (VideoDecoder decoder = new VideoDecoder(codec);
                VideoDecoder other = new VideoDecoder(codec);
                Frame gray = decoder.decode(pictures(codec, 1).get(0), PixelFormat.GRAY)
                        .orElseThrow();
                Frame colour =
                        other.decode(pictures(codec, 1).get(0), PixelFormat.BGR).orElseThrow()) {
            colour.convert(PixelFormat.GRAY);

            assertThat(gray.pixelFormat()).isEqualTo(PixelFormat.GRAY);
            assertThat(PatternNumber.read(gray.mat())).hasValue(1);
            assertThat(Math.abs(Pictures.brightness(gray.mat()) - Pictures.brightness(colour.mat())))
                    .isLessThan(3);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void gap_told_passesOverUntilAKeyframe(Codec codec) {
        List<EncodedFrame> encoded = pictures(codec, 3);
        try (VideoDecoder decoder = new VideoDecoder(codec)) {
            decoder.decode(encoded.get(0), PixelFormat.BGR).orElseThrow().close();
            decoder.gap();

            assertThat(decoder.decode(encoded.get(2), PixelFormat.BGR)).isEmpty();
            decoder.decode(encoded.get(0), PixelFormat.BGR).orElseThrow().close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void decode_rubbish_isRefusedAndAKeyframeIsNeededAgain(Codec codec) {
        EncodedFrame good = pictures(codec, 1).get(0);
        try (VideoDecoder decoder = new VideoDecoder(codec)) {
            decoder.decode(good, PixelFormat.BGR).orElseThrow().close();

            assertThatThrownBy(() -> decoder.decode(with(good, new byte[] {1}), PixelFormat.BGR))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining(codec.codecName());
            assertThat(decoder.needsKeyframe()).isTrue();
            decoder.decode(good, PixelFormat.BGR).orElseThrow().close();
        }
    }

    @Test
    void decode_h264OfSeveralSlices_isWhole() {
        try (VideoDecoder decoder = new VideoDecoder(Codec.H264)) {
            for (EncodedFrame each : SlicedPictures.encode(320, 240, 3, 5)) {
                try (Frame frame = decoder.decode(each, PixelFormat.BGR).orElseThrow()) {
                    assertThat(PatternNumber.read(frame.mat())).hasValue(each.seq());
                }
            }
        }
    }

    @Test
    void decode_h264ThatLacksItsLastSlice_isRefused() {
        EncodedFrame whole = SlicedPictures.encode(320, 240, 3, 1).get(0);
        EncodedFrame torn = with(whole, SlicedPictures.withoutTheLastSlice(whole));
        try (VideoDecoder decoder = new VideoDecoder(Codec.H264)) {
            assertThatThrownBy(() -> decoder.decode(torn, PixelFormat.BGR)).isInstanceOf(CodecException.class);
            assertThat(decoder.needsKeyframe()).isTrue();
            decoder.decode(whole, PixelFormat.BGR).orElseThrow().close();
        }
    }

    @Test
    void decode_vp8OfTooManyPixels_isRefusedFromItsHeader() {
        EncodedFrame good = pictures(Codec.VP8, 1).get(0);
        byte[] huge = Pictures.bytes(good);
        huge[6] = (byte) 0xFF;
        huge[7] = 0x3F;
        huge[8] = (byte) 0xFF;
        huge[9] = 0x3F;
        try (VideoDecoder decoder = new VideoDecoder(Codec.VP8)) {
            assertThatThrownBy(() -> decoder.decode(with(good, huge), PixelFormat.BGR))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("16383x16383")
                    .hasMessageContaining("33 megapixels");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void decode_thousandsOfDamagedPictures_givesPicturesOrRefuses(Codec codec) {
        List<EncodedFrame> encoded = pictures(codec, 8);
        Random random = new Random(7);
        int refused = 0;
        long before = 0;
        try (VideoDecoder decoder = new VideoDecoder(codec)) {
            for (int round = 0; round < 600; round++) {
                for (EncodedFrame each : encoded) {
                    EncodedFrame damaged = random.nextInt(3) == 0 ? each : damaged(each, random);
                    try {
                        decoder.decode(damaged, PixelFormat.BGR).ifPresent(Frame::close);
                    } catch (CodecException e) {
                        refused++;
                    }
                }
                before = round == 200 ? Pointer.physicalBytes() : before;
            }
            decoder.gap();
            try (Frame whole = decoder.decode(encoded.get(0), PixelFormat.BGR).orElseThrow()) {
                assertThat(PatternNumber.read(whole.mat())).hasValue(1);
            }
        }
        assertThat(refused).isGreaterThan(100);
        assertThat(Pointer.physicalBytes() - before).isLessThan(50_000_000);
    }

    /** For some widths swscale writes behind the end of what it is given, which must not be somebody else's memory. */
    @Test
    void decode_everyWidth_hasRoomBehindThePicture() {
        for (int width = 16; width < 200; width += 2) {
            EncodedFrame encoded = VideoPictures.encode(new Rendition.Video(Codec.VP8, 0, 200_000), width, 16, 1)
                    .get(0);
            try (VideoDecoder decoder = new VideoDecoder(Codec.VP8);
                    Frame frame = decoder.decode(encoded, PixelFormat.BGR).orElseThrow()) {
                assertThat(bytesBehind(frame.mat()))
                        .as("behind %d columns", width)
                        .isGreaterThanOrEqualTo(32);
            }
        }
    }

    /** How much the allocation holds beyond the picture's last byte. */
    private static long bytesBehind(Mat picture) {
        return picture.datalimit().address() - picture.data().address() - picture.total() * picture.elemSize();
    }

    private static EncodedFrame damaged(EncodedFrame frame, Random random) {
        byte[] bytes = Pictures.bytes(frame);
        if (random.nextInt(4) == 0) {
            return with(frame, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        }
        // The beginning, where sizes and tables lie, is hit more often.
        int reach = random.nextBoolean() ? Math.min(bytes.length, 48) : bytes.length;
        for (int i = random.nextInt(6); i >= 0; i--) {
            bytes[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
        }
        return with(frame, bytes);
    }

    private static EncodedFrame with(EncodedFrame frame, byte[] bytes) {
        return new EncodedFrame(
                frame.codec(),
                bytes,
                frame.keyframe(),
                frame.width(),
                frame.height(),
                frame.seq(),
                frame.captureNanos(),
                Metadata.EMPTY);
    }

    private static List<EncodedFrame> pictures(Codec codec, int count) {
        return VideoPictures.encode(new Rendition.Video(codec, 0, 500_000), 160, 120, count);
    }
}
