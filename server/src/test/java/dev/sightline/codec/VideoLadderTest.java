package dev.sightline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoLadderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1280 |  720 | 30 | source 2000, 448 500, 160 100",
                "1920 | 1080 | 30 | source 3500, 560 700, 160 100",
                "3840 | 2160 | 30 | 1920 3500, 560 700, 160 100",
                "1080 | 1920 | 30 | source 3500, 416 1000, 160 100",
                " 640 |  480 | 30 | source 1000, 320 400, 160 100",
                " 640 |  360 | 30 | source 800, 320 300, 160 100",
                " 400 |  300 | 30 | source 500, 256 300, 160 100",
                " 320 |  240 | 30 | source 400, 224 200, 160 100",
                " 160 |  120 | 30 | source 100",
                "1280 |  720 | 60 | source 3000, 448 700, 160 100",
                "1280 |  720 | 10 | source 1000, 448 200, 160 100",
                "1280 |  720 |  0 | source 2000, 448 500, 160 100"
            })
    void rungs_ofASource_beginAtItsSizeAndGoDownInClearSteps(int width, int height, double fps, String expected) {
        String rungs = VideoLadder.rungs(Codec.VP8, width, height, fps).stream()
                .map(each -> each.describe().replace("vp8 ", "").replace(" kbit/s", ""))
                .reduce((above, below) -> above + ", " + below)
                .orElseThrow();

        assertThat(rungs).isEqualTo(expected);
    }

    /** Of the paces that cameras have, as they are measured. */
    @ParameterizedTest
    @ValueSource(doubles = {5, 7.5, 10, 12.5, 15, 20, 25, 30, 50, 60})
    void rungs_paceMeasuredABitOff_areTheSame(double fps) {
        List<Rendition.Video> rungs = VideoLadder.rungs(Codec.VP8, 1280, 720, fps);

        assertThat(VideoLadder.rungs(Codec.VP8, 1280, 720, 0.95 * fps)).isEqualTo(rungs);
        assertThat(VideoLadder.rungs(Codec.VP8, 1280, 720, 1.05 * fps)).isEqualTo(rungs);
    }

    @Test
    void rungs_anySize_areInOrderAndWithinTheLimits() {
        for (int width = 1; width < 9_000; width = width * 5 / 4 + 1) {
            for (int height = 1; height < 9_000; height = height * 5 / 4 + 1) {
                List<Rendition.Video> rungs = VideoLadder.rungs(Codec.H264, width, height, 30);
                int above = Math.min(width, 1920);
                for (Rendition.Video each : rungs.subList(1, rungs.size())) {
                    assertThat(each.width()).isLessThan(above);
                    above = each.width();
                }
                assertThat(rungs)
                        .hasSizeBetween(1, 3)
                        .allSatisfy(each -> assertThat(each.bitsPerSecond()).isBetween(100_000, 4_000_000));
            }
        }
    }
}
