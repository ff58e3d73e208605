package dev.sightline.source.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {

    /** The stored picture has 1 2 3 above 4 5 6; what is shown follows from x' = a x + c y, y' = b x + d y. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 1, 123456",
        "-1, 0, 0, 1, 321654",
        "1, 0, 0, -1, 456123",
        "-1, 0, 0, -1, 654321",
        "0, 1, 1, 0, 142536",
        "0, 1, -1, 0, 415263",
        "0, -1, 1, 0, 362514",
        "0, -1, -1, 0, 635241"
    })
    void upright_ofEachMatrix_putsPixelsWhereTheMatrixDoes(int a, int b, int c, int d, String shown) {
        byte[] stored = {1, 2, 3, 4, 5, 6};
        Mat picture = new Mat(2, 3, opencv_core.CV_8UC1);
        picture.data().put(stored);
        StringBuilder seen = new StringBuilder();
        try (Mat upright = Orientation.of(a << 16, b << 16, c << 16, d << 16).upright(picture)) {
            assertThat(upright.cols()).isEqualTo(a != 0 ? 3 : 2);
            for (int i = 0; i < 6; i++) {
                seen.append(upright.data().get(i));
            }
        }
        assertThat(seen).hasToString(shown);
    }
}
