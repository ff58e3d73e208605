package dev.sightline.processors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The processors that change how a picture looks: grayscale, blur, edges. */
class PictureEffectsTest {

    @Test
    void grayscale_ofAColourPicture_leavesLuminance() throws Exception {
        try (Frame frame = Pictures.frame(Pictures.plain(8, 8, new Color(255, 0, 0)))) {
            Pictures.run(frame, "grayscale");
            assertThat(frame.pixelFormat()).isEqualTo(PixelFormat.GRAY);
            assertThat(Pictures.pixel(frame, 4, 4)).isEqualTo(List.of(76));
        }
    }

    @Test
    void blur_spreadsAPixelAsFarAsItsRadiusAndNoFarther() throws Exception {
        try (Frame frame = Pictures.frame(Pictures.plain(41, 41, Color.BLACK))) {
            Pictures.fill(frame.mat(), 18, 0, 5, 41, Color.WHITE);
            Pictures.run(frame, "blur:radius=6");
            assertThat(Pictures.pixel(frame, 20, 20).get(0)).isBetween(100, 254);
            assertThat(Pictures.pixel(frame, 15, 20).get(0)).isBetween(1, 200);
            assertThat(Pictures.pixel(frame, 18 - 7, 20).get(0)).isZero();
        }
    }

    @Test
    void edges_ofASquare_areWhiteOnItsOutlineAndBlackElsewhere() throws Exception {
        try (Frame frame = Pictures.frame(Pictures.plain(64, 64, Color.BLACK))) {
            Pictures.fill(frame.mat(), 20, 20, 24, 24, Color.WHITE);
            Pictures.run(frame, "edges");
            assertThat(frame.pixelFormat()).isEqualTo(PixelFormat.GRAY);
            assertThat(whitest(frame, 18, 21, 32)).isEqualTo(255);
            assertThat(whitest(frame, 26, 38, 32)).isZero();
            assertThat(whitest(frame, 0, 16, 32)).isZero();
        }
    }

    private static int whitest(Frame frame, int fromX, int toX, int y) {
        int whitest = 0;
        for (int x = fromX; x <= toX; x++) {
            whitest = Math.max(whitest, Pictures.pixel(frame, x, y).get(0));
        }
        return whitest;
    }
}
