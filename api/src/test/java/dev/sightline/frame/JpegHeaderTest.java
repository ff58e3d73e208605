package dev.sightline.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class JpegHeaderTest {

    @Test
    void of_realJpeg_tellsItsSize() throws IOException {
        assertThat(JpegHeader.of(jpeg(321, 123))).contains(new JpegHeader(321, 123));
    }

    @Test
    void of_bufferInTheMiddle_leavesPositionAndReadsFromThere() throws IOException {
        byte[] jpeg = jpeg(64, 48);
        ByteBuffer buffer = ByteBuffer.allocateDirect(jpeg.length + 10);
        buffer.position(5).put(jpeg).position(5).limit(5 + jpeg.length);

        assertThat(JpegHeader.of(buffer)).contains(new JpegHeader(64, 48));
        assertThat(buffer.position()).isEqualTo(5);
    }

    @Test
    void of_everyTruncation_isEmptyUntilTheSizeIsThere() throws IOException {
        byte[] jpeg = jpeg(64, 48);
        int complete = 0;
        for (int length = 0; length <= jpeg.length; length++) {
            var header = JpegHeader.of(Arrays.copyOf(jpeg, length));
            if (header.isPresent()) {
                assertThat(header).contains(new JpegHeader(64, 48));
                complete++;
            } else {
                assertThat(complete)
                        .as("once the header is there, more bytes do not hide it")
                        .isZero();
            }
        }
        assertThat(complete).isPositive();
    }

    @Test
    void of_pictureThatExifTurns_isTheSizeThatIsShown() {
        for (int orientation = 0; orientation <= 9; orientation++) {
            boolean turned = orientation >= 5 && orientation <= 8;
            JpegHeader shown = turned ? new JpegHeader(16, 32) : new JpegHeader(32, 16);
            assertThat(JpegHeader.of(hex(exif("4949 2A00 08000000 0200 0F010200 02000000 41000000 1201 0300 01000000 0"
                            + orientation + "000000"))))
                    .contains(shown);
            assertThat(JpegHeader.of(
                            hex(exif("4D4D 002A 00000008 0001 0112 0003 00000001 000" + orientation + "0000"))))
                    .contains(shown);
        }
    }

    @Test
    void of_damagedExif_isTheStoredSize() {
        String[] damaged = {
            "",
            "4949",
            "4949 2A00 FFFFFF7F",
            "4949 2A00 FFFFFFFF 0100",
            "4949 2A00 08000000 FFFF 0F01",
            "4D4D 002A 00000008"
        };
        for (String tiff : damaged) {
            assertThat(JpegHeader.of(hex(exif(tiff)))).contains(new JpegHeader(32, 16));
        }
    }

    /** A JPEG of 32x16 with that in its Exif segment. */
    private static String exif(String tiff) {
        int length = 2 + 6 + tiff.replace(" ", "").length() / 2;
        return "FFD8 FFE1 %04X 457869660000 %s FFC0 0011 08 0010 0020 03".formatted(length, tiff);
    }

    @Test
    void of_garbage_isEmptyAndNeverThrows() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 2) {
                bytes[0] = (byte) 0xFF;
                bytes[1] = (byte) 0xD8;
            }
            JpegHeader.of(bytes).ifPresent(header -> assertThat(header.pixels()).isPositive());
        }
        assertThat(JpegHeader.of("GIF89a, not a JPEG".getBytes())).isEmpty();
        assertThat(JpegHeader.of(new byte[0])).isEmpty();
    }

    @Test
    void of_fillBytesAndProgressiveFrame_areUnderstood() {
        assertThat(JpegHeader.of(hex("FFD8 FFFFFF FE0004AAAA FFC2 0011 08 0102 0304 03")))
                .contains(new JpegHeader(0x304, 0x102));
    }

    @Test
    void of_huffmanTableBeforeFrame_isNotTakenForAFrame() {
        assertThat(JpegHeader.of(hex("FFD8 FFC4 0009 08 00FF 00FF 0000 FFC0 0011 08 0010 0020 03")))
                .contains(new JpegHeader(32, 16));
    }

    @Test
    void of_scanOrEndBeforeFrame_isEmpty() {
        assertThat(JpegHeader.of(hex("FFD8 FFDA 0002 FFC0 0011 08 0010 0020 03")))
                .isEmpty();
        assertThat(JpegHeader.of(hex("FFD8 FFD9 FFC0 0011 08 0010 0020 03"))).isEmpty();
    }

    @Test
    void of_zeroHeightOrLyingLength_isEmpty() {
        assertThat(JpegHeader.of(hex("FFD8 FFC0 0011 08 0000 0020 03"))).isEmpty();
        assertThat(JpegHeader.of(hex("FFD8 FFE0 0001 FFC0 0011 08 0010 0020 03")))
                .isEmpty();
        assertThat(JpegHeader.of(hex("FFD8 FFE0 FFFF FFC0 0011 08 0010 0020 03")))
                .isEmpty();
    }

    @Test
    void tooLarge_hugePictures_areCountedWithoutOverflow() {
        assertThat(JpegHeader.of(hex("FFD8 FFC0 0011 08 4E20 4E20 03"))
                        .orElseThrow()
                        .tooLarge())
                .isTrue();
        assertThat(new JpegHeader(65_535, 65_535).pixels()).isEqualTo(4_294_836_225L);
        assertThat(new JpegHeader(65_535, 65_535).tooLarge()).isTrue();
        assertThat(new JpegHeader(6_600, 5_000).tooLarge()).isFalse();
        assertThat(new JpegHeader(6_601, 5_000).tooLarge()).isTrue();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static byte[] jpeg(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpg", out);
        return out.toByteArray();
    }
}
