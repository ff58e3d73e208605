package dev.sightline.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.frame.Codec;
import dev.sightline.testkit.Pictures;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            assertThat(new String(webp, 12, 4, StandardCharsets.US_ASCII)).isEqualTo("VP8 ");
            assertThat(PictureHeader.of(webp)).isEqualTo(new PictureHeader(Codec.WEBP, 70, 50, webp.length));
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

    @ParameterizedTest
    @ValueSource(strings = {".jpg", ".png", ".webp"})
    void of_bytesBehindTheEnd_isWhole_andTheyAreTrimmed(String ending) throws Exception {
        byte[] whole = picture(ending, 3);
        byte[] video = Arrays.copyOf("....ftypmp42".getBytes(), 3_000_000); // a phone's motion photo
        byte[] second = picture(ending, 1); // a stereo camera's MPO
        for (byte[] behind : new byte[][] {{'\n'}, {'\r', '\n'}, new byte[64], new byte[5000], video, second}) {
            byte[] sent = join(whole, behind);
            PictureHeader header = PictureHeader.of(sent);
            assertThat(header.width()).isEqualTo(70);
            if (behind != second || !ending.equals(".jpg")) {
                assertThat(header.trimmed(sent))
                        .as("%d bytes behind", behind.length)
                        .isEqualTo(whole);
            }
        }
        assertThat(PictureHeader.of(whole).trimmed(whole)).isSameAs(whole);
    }

    @Test
    void of_jpegCutBehindItsThumbnail_isRefused() {
        byte[] jpeg = picture(".jpg", 3);
        byte[] thumbnail = picture(".jpg", 1);
        byte[] app1 = ByteBuffer.allocate(thumbnail.length + 4)
                .putShort((short) 0xFFE1)
                .putShort((short) (thumbnail.length + 2))
                .put(thumbnail)
                .array();
        byte[] photo = join(Arrays.copyOf(jpeg, 2), app1, Arrays.copyOfRange(jpeg, 2, jpeg.length));
        byte[] cut = Arrays.copyOf(photo, app1.length + 400); // less than 1 KiB behind the thumbnail's EOI
        assertThatThrownBy(() -> PictureHeader.of(cut)).hasMessage("this mjpeg picture is cut short");
        assertThatCode(() -> PictureHeader.of(join(photo, new byte[9]))).doesNotThrowAnyException();
    }

    @Test
    void of_jpegCutBeforeAWholeOne_isRefused() {
        byte[] jpeg = picture(".jpg", 3);
        byte[] both = join(Arrays.copyOf(jpeg, jpeg.length - 20), jpeg);
        assertThatThrownBy(() -> PictureHeader.of(both)).hasMessage("this mjpeg picture is cut short");
    }

    @Test
    void of_tooManyPixels_isRefusedFromTheHeader() {
        byte[] png = picture(".png", 3);
        ByteBuffer.wrap(png).putInt(16, 30_000).putInt(20, 30_000);
        assertThatThrownBy(() -> PictureHeader.of(png)).hasMessageContaining("30000x30000 is too large");
        ByteBuffer.wrap(png).putInt(16, -1);
        assertThatThrownBy(() -> PictureHeader.of(png)).isInstanceOf(PictureException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "GIF89a................., a GIF",
        "BM......................, a BMP",
        "II*\0..................., a TIFF",
        "MM\0*..................., a TIFF",
        "....ftypheic............, a HEIC",
        "....ftypisom............, an MP4 video",
        "/9j/4AAQSkZJRgABAQAAAQAB, base64 sent as binary",
        "Hello, no picture"
    })
    void of_otherFormats_areRefusedByName(String begin, String name) {
        byte[] sent = begin.replace('.', '\1').getBytes();
        assertThatThrownBy(() -> PictureHeader.of(sent)).hasMessage("this is " + name + ": send JPEG, PNG or WebP");
    }

    @Test
    void of_picturesOfOtherFormats_areRefusedByName() {
        assertThatThrownBy(() -> PictureHeader.of(picture(".bmp", 3))).hasMessageStartingWith("this is a BMP: send");
        assertThatThrownBy(() -> PictureHeader.of(picture(".gif", 3))).hasMessageStartingWith("this is a GIF: send");
    }

    @Test
    void of_nothing_isRefused() {
        assertThatThrownBy(() -> PictureHeader.of(new byte[0])).hasMessage("the picture is empty");
    }

    @ParameterizedTest
    @CsvSource({"320, 240, 2000, 100", "320, 240, 101, 100", "4000, 3000, 56, 55", "7000, 4500, 21, 20"})
    void of_moreScansThanCamerasSend_isRefusedByNumber(int width, int height, int scans, int most) {
        byte[] picture = Pictures.scans(width, height, scans);
        assertThatThrownBy(() -> PictureHeader.of(picture))
                .hasMessage("this mjpeg picture has " + scans + " scans of " + width * height + " pixels: at most "
                        + most + " are taken");
        assertThatCode(() -> PictureHeader.of(Pictures.scans(width, height, most)))
                .doesNotThrowAnyException();
    }

    @Test
    void of_oddJpeg_isRefusedByNumber() {
        byte[] jpeg = picture(".jpg", 3);
        byte[] comment = {(byte) 0xFF, (byte) 0xFE, 0, 2};
        byte[] rest = Arrays.copyOfRange(jpeg, 2, jpeg.length);
        byte[] comments = new byte[0];
        for (int i = 0; i < 1_001; i++) {
            comments = join(comments, comment);
        }
        assertRefused(join(Arrays.copyOf(jpeg, 2), comments, rest), "segments: at most 1000 are taken");

        int frame = find(jpeg, 0xC0);
        byte[] header = Arrays.copyOfRange(jpeg, frame, frame + 19);
        assertRefused(
                join(Arrays.copyOf(jpeg, frame), header, Arrays.copyOfRange(jpeg, frame, jpeg.length)),
                "2 frame headers: one is taken");
        byte[] five = jpeg.clone();
        five[frame + 9] = 5;
        assertRefused(five, "5 components: at most 4 are taken");
        byte[] sampled = jpeg.clone();
        sampled[frame + 11] = 0x51;
        assertRefused(sampled, "a sampling factor that is not 1 to 4");
        byte[] huge = jpeg.clone();
        ByteBuffer.wrap(huge).putShort(frame + 5, (short) 5_000).putShort(frame + 7, (short) 6_000);
        assertRefused(huge, "bytes, which are too few for 30000000 pixels");
    }

    /** All of one colour is as small as a picture can be. */
    @ParameterizedTest
    @ValueSource(strings = {".jpg", ".png", ".webp"})
    void of_largePictureOfOneColor_isTaken(String ending) {
        try (Mat mat = new Mat(4320, 7632, opencv_core.CV_8UC3, Scalar.all(0))) {
            byte[] picture = Pictures.encode(ending, mat);
            assertThatCode(() -> PictureHeader.of(picture)).doesNotThrowAnyException();
        }
    }

    @Test
    void of_pngWithFewBytesForItsSize_orManyChunks_isRefused() {
        byte[] png = picture(".png", 3);
        byte[] huge = png.clone();
        ByteBuffer.wrap(huge).putInt(16, 5_000).putInt(20, 6_000);
        assertRefused(huge, "bytes of pixels, which are too few for its size");
        byte[] chunks = new byte[0];
        byte[] text = {0, 0, 0, 0, 't', 'E', 'X', 't', 0, 0, 0, 0};
        for (int i = 0; i < 1_000; i++) {
            chunks = join(chunks, text);
        }
        byte[] before = Arrays.copyOf(png, 33);
        byte[] after = Arrays.copyOfRange(png, 33, png.length);
        assertRefused(join(before, chunks, after), "chunks: at most 1000 are taken");
    }

    @Test
    void of_webpWithManyChunks_isRefused() {
        byte[] webp = picture(".webp", 3);
        ByteBuffer many = ByteBuffer.allocate(webp.length + 8 * 1_000).order(ByteOrder.LITTLE_ENDIAN);
        many.put(webp);
        for (int i = 0; i < 1_000; i++) {
            many.put("ANMF".getBytes(StandardCharsets.US_ASCII)).putInt(0);
        }
        many.putInt(4, many.capacity() - 8);
        assertRefused(many.array(), "chunks: at most 1000 are taken");
    }

    private static void assertRefused(byte[] picture, String why) {
        assertThatThrownBy(() -> PictureHeader.of(picture))
                .isInstanceOf(PictureException.class)
                .hasMessageStartingWith("this ")
                .hasMessageEndingWith(why);
    }

    private static int find(byte[] jpeg, int marker) {
        int at = 0;
        while (jpeg[at] != (byte) 0xFF || jpeg[at + 1] != (byte) marker) {
            at++;
        }
        return at;
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

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(joined::writeBytes);
        return joined.toByteArray();
    }
}
