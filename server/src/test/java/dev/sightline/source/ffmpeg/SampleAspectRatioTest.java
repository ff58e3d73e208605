package dev.sightline.source.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.ffmpeg.avutil.AVRational;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleAspectRatioTest {

    @ParameterizedTest
    @CsvSource({
        "16, 15, 720, 576, 768, 576",
        "64, 45, 720, 576, 1024, 576",
        "8, 9, 720, 480, 720, 540",
        "12, 11, 704, 576, 768, 576",
        "2, 1, 321, 240, 642, 240",
        "1, 1, 321, 243, 321, 243",
        "0, 1, 320, 240, 320, 240",
        "4, 0, 320, 240, 320, 240",
        "-4, 3, 320, 240, 320, 240",
        "65535, 1, 320, 240, 320, 240",
        "2147483647, 2147483646, 320, 240, 320, 240",
        "3, 1, 7680, 4320, 7680, 4320"
    })
    void squared_neverShrinksAndIsEvenWhereItGrows(int num, int den, int columns, int rows, int width, int height) {
        try (AVRational ratio = new AVRational().num(num).den(den)) {
            assertThat(SampleAspectRatio.of(ratio).squared(columns, rows))
                    .isEqualTo(new SampleAspectRatio.Size(width, height));
        }
    }
}
