package dev.sightline.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.frame.Codec;
import dev.sightline.testkit.Pictures;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureHeaderTest {

    @ParameterizedTest
    @ValueSource(strings = {".jpg", ".png", ".webp"})
    void of_wholePicture_isItsFormatAndSize(String ending) throws Exception {
        for (int channels : new int[] {1, 3, 4}) {
            PictureHeader header = PictureHeader.of(picture(ending, channels));
            assertThat(header.codec()).isEqualTo(codec(ending));
            assertThat(header.width()).isEqualTo(70);
            assertThat(header.height()).isEqualTo(50);
        }
    }

    @Test
    void of_lossyWebp_isItsSize() throws Exception {
        try (Mat mat = new Mat(50, 70, opencv_core.CV_8UC3, Scalar.all(9));
                BytePointer bytes = new BytePointer();
                IntPointer parameters = new IntPointer(opencv_imgcodecs.IMWRITE_WEBP_QUALITY, 50)) {
            opencv_imgcodecs.imencode(".webp", mat, bytes, parameters);
            byte[] webp = new byte[(int) bytes.limit()];
            bytes.get(webp);
            assertThat(new String(webp, 12, 4, java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("VP8 ");
            assertThat(PictureHeader.of(webp)).isEqualTo(new PictureHeader(Codec.WEBP, 70, 50));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".jpg", ".png", ".webp"})
    void of_cutAnywhere_isRefused(String ending) {
        byte[] whole = picture(ending, 3);
        for (int length = 0; length < whole.length - 8; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> PictureHeader.of(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(PictureException.class);
        }
    }

    @Test
    void of_paddedJpeg_isTaken() throws Exception {
        byte[] jpeg = picture(".jpg", 3);
        assertThat(PictureHeader.of(Arrays.copyOf(jpeg, jpeg.length + 64)).width())
                .isEqualTo(70);
    }

    @Test
    void of_tooManyPixels_isRefusedFromTheHeader() {
        byte[] png = picture(".png", 3);
        ByteBuffer.wrap(png).putInt(16, 30_000).putInt(20, 30_000);
        assertThatThrownBy(() -> PictureHeader.of(png)).hasMessageContaining("30000x30000 is too large");
        ByteBuffer.wrap(png).putInt(16, -1);
        assertThatThrownBy(() -> PictureHeader.of(png)).isInstanceOf(PictureException.class);
    }

    @Test
    void of_otherFormats_areRefused() {
        assertThatThrownBy(() -> PictureHeader.of("GIF89a, which it is not".getBytes()))
                .hasMessage("this is no picture: send JPEG, PNG or WebP");
        assertThatThrownBy(() -> PictureHeader.of(new byte[0])).hasMessage("the picture is empty");
    }

    @Test
    void decode_base64WithAndWithoutDataUrl_isTheSame() throws Exception {
        byte[] jpeg = picture(".jpg", 3);
        String base64 = Base64.getEncoder().encodeToString(jpeg);
        for (String before :
                new String[] {"", " ", "data:image/jpg;base64,", "DATA:image/png;BASE64,", "data:;base64,"}) {
            assertThat(PictureText.decode(before + base64)).contains(jpeg);
        }
    }

    @Test
    void decode_emptyCanvas_isNoPictureAndNoError() throws Exception {
        assertThat(PictureText.decode("data:,")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no base64!", "data:image/png,abc", "data:image/png;base64", "data:image/png;base64,@@"})
    void decode_otherText_isRefused(String text) {
        assertThatThrownBy(() -> PictureText.decode(text)).isInstanceOf(PictureException.class);
    }

    private static Codec codec(String ending) {
        return switch (ending) {
            case ".jpg" -> Codec.MJPEG;
            case ".png" -> Codec.PNG;
            default -> Codec.WEBP;
        };
    }

    private static byte[] picture(String ending, int channels) {
        try (Scalar value = Scalar.all(77);
                Mat mat = new Mat(50, 70, opencv_core.CV_8UC(channels), value)) {
            return Pictures.encode(ending, mat);
        }
    }
}
