package dev.sightline.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import dev.sightline.frame.PixelFormat;
import dev.sightline.source.pattern.PatternPainter;
import dev.sightline.testkit.PatternNumber;
import dev.sightline.testkit.Pictures;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;

class JpegTest {
    private static final long NANOS = 1_760_000_000_123_456_789L;

    @Test
    void encode_writesTheIdentityRightAfterSoi() {
        String text = new String(Pictures.bytes(encoded(7)), StandardCharsets.ISO_8859_1);

        assertThat(text).startsWith("\u00ff\u00d8\u00ff\u00fe");
        assertThat(text.substring(6)).startsWith("sightline {\"seq\":7,\"captureTime\":1760000000123.456}\u00ff");
    }

    @Test
    void take_besideTheOneBegun_keepsBothApartAndTheNewestWins() {
        try (Encoder encoder = Encoders.encoder(Rendition.DEFAULT);
                PatternPainter painter = new PatternPainter(320, 240, 30)) {
            VideoPictures.take(encoder, painter, 1, 30, PixelFormat.BGR);
            encoder.begin();
            VideoPictures.take(encoder, painter, 2, 30, PixelFormat.BGR);
            VideoPictures.take(encoder, painter, 3, 30, PixelFormat.BGR);

            EncodedFrame first = encoder.encode().orElseThrow();
            encoder.begin();
            EncodedFrame second = encoder.encode().orElseThrow();

            assertThat(first.seq()).isEqualTo(1);
            assertThat(PatternNumber.readJpeg(first.data())).hasValue(1);
            assertThat(second.seq()).isEqualTo(3);
            assertThat(PatternNumber.readJpeg(second.data())).hasValue(3);
        }
    }

    @Test
    void stamp_pictureThatBearsAnIdentity_replacesIt() {
        EncodedFrame first = encoded(7);
        EncodedFrame again = JpegIdentity.stamp(EncodedFrame.mjpeg(
                Pictures.bytes(first), first.width(), first.height(), 12_345, NANOS, Metadata.EMPTY));
        String text = new String(Pictures.bytes(again), StandardCharsets.ISO_8859_1);

        assertThat(text).contains("\"seq\":12345,").doesNotContain("\"seq\":7,");
        assertThat(again.size()).isEqualTo(first.size() + 4);
    }

    @Test
    void stamp_noJpeg_isRefused() {
        EncodedFrame rubbish = EncodedFrame.mjpeg(new byte[] {1, 2, 3}, 1, 1, 1, 1, Metadata.EMPTY);

        assertThatThrownBy(() -> JpegIdentity.stamp(rubbish)).isInstanceOf(CodecException.class);
    }

    @Test
    void decode_whatWasEncoded_isTheSamePicture() {
        try (PictureDecoder decoder = new PictureDecoder();
                Frame colour = decoder.decode(encoded(1), PixelFormat.BGR);
                Frame gray = decoder.decode(encoded(1), PixelFormat.GRAY)) {
            assertThat(colour.pixelFormat()).isEqualTo(PixelFormat.BGR);
            assertThat(Pictures.brightness(colour.mat())).isCloseTo(200, within(2.0));
            assertThat(gray.pixelFormat()).isEqualTo(PixelFormat.GRAY);
            assertThat(Pictures.brightness(gray.mat())).isCloseTo(200, within(2.0));
            assertThat(colour.captureNanos()).isEqualTo(NANOS);
        }
    }

    @Test
    void decode_truncatedToItsHeader_isRefusedAndTheDecoderGoesOn() {
        byte[] whole = Pictures.bytes(encoded(1));
        byte[] head = Arrays.copyOf(whole, 60);
        EncodedFrame broken = EncodedFrame.mjpeg(head, 64, 48, 1, 1, Metadata.EMPTY);
        try (PictureDecoder decoder = new PictureDecoder()) {
            assertThatThrownBy(() -> decoder.decode(broken, PixelFormat.BGR)).isInstanceOf(CodecException.class);
            decoder.decode(encoded(2), PixelFormat.BGR).close();
        }
    }

    @Test
    void slate_ofAPicture_isDimAndKeepsItsCaptureTime() {
        EncodedFrame slate;
        try (PictureDecoder decoder = new PictureDecoder();
                Frame last = decoder.decode(encoded(3), PixelFormat.GRAY)) {
            slate = Slate.of(last, Rendition.DEFAULT, "no signal since 12:34:56", 4, Metadata.EMPTY);
        }

        assertThat(slate.seq()).isEqualTo(4);
        assertThat(slate.captureNanos()).isEqualTo(NANOS);
        try (Mat picture = Pictures.decode(Pictures.bytes(slate))) {
            assertThat(Pictures.brightness(picture)).isBetween(20.0, 110.0);
        }
    }

    @Test
    void encodeAndDecode_manyTimes_leaveNoNativeMemoryBehind() {
        Rendition rendition = Rendition.DEFAULT;
        try (PictureDecoder decoder = new PictureDecoder();
                Encoder encoder = Encoders.encoder(rendition)) {
            long before = 0;
            for (int i = 1; i <= 300; i++) {
                try (Frame frame = frame(i)) {
                    encoder.take(frame);
                }
                decoder.decode(encoder.encode().orElseThrow(), PixelFormat.BGR).close();
                if (i == 50) {
                    before = Pointer.totalBytes();
                }
            }
            assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before);
        }
    }

    private static EncodedFrame encoded(long seq) {
        try (Frame frame = frame(seq);
                Encoder encoder = Encoders.encoder(Rendition.DEFAULT)) {
            encoder.take(frame);
            return encoder.encode().orElseThrow();
        }
    }

    private static Frame frame(long seq) {
        try (Scalar light = Scalar.all(200)) {
            return new Frame(seq, NANOS, new Mat(48, 64, opencv_core.CV_8UC3, light));
        }
    }
}
