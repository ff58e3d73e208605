package dev.sightline.source.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.source.pattern.PatternPainter;
import dev.sightline.testkit.Pictures;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;

class HuffmanTablesTest {

    @Test
    void completed_pictureThatHasTables_isTheSame() {
        byte[] jpeg = jpeg();
        assertThat(HuffmanTables.completed(jpeg)).isSameAs(jpeg);
    }

    @Test
    void completed_pictureWithoutTables_hasThoseOfTheStandard() {
        byte[] jpeg = jpeg();
        byte[] bare = withoutTables(jpeg);
        assertThat(bare.length).isLessThan(jpeg.length - 400);

        byte[] completed = HuffmanTables.completed(bare);
        assertThat(completed).hasSameSizeAs(jpeg);
        try (Mat expected = Pictures.decode(jpeg);
                Mat actual = Pictures.decode(completed)) {
            assertThat(bytes(actual)).isEqualTo(bytes(expected));
        }
    }

    @Test
    void completed_anyTruncation_neverThrows() {
        byte[] jpeg = jpeg();
        for (int length = 0; length < 1000; length++) {
            HuffmanTables.completed(Arrays.copyOf(jpeg, length));
        }
        assertThat(HuffmanTables.completed(new byte[0])).isEmpty();
    }

    private static byte[] jpeg() {
        try (PatternPainter painter = new PatternPainter(320, 240, 30);
                Mat picture = painter.paint(1, 0)) {
            return Pictures.jpeg(picture, 80);
        }
    }

    /** Leaves out the segments between SOI and the scan whose marker is DHT. */
    private static byte[] withoutTables(byte[] jpeg) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != 0xDA) {
            int length = 2 + ((jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF);
            if ((jpeg[at + 1] & 0xFF) != 0xC4) {
                out.write(jpeg, at, length);
            }
            at += length;
        }
        out.write(jpeg, at, jpeg.length - at);
        return out.toByteArray();
    }

    private static byte[] bytes(Mat picture) {
        byte[] bytes = new byte[picture.rows() * picture.cols() * 3];
        picture.data().get(bytes);
        return bytes;
    }
}
