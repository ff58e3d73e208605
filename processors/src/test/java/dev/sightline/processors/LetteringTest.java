package dev.sightline.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.frame.Box;
import dev.sightline.frame.Frame;
import java.util.function.IntPredicate;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The processors that write: clock and text. */
class LetteringTest {

    @Test
    void clock_writesTheCaptureTime_notThePresent() throws Exception {
        try (Frame clock = frame(Color.BLACK, 320, 240);
                Frame text = frame(Color.BLACK, 320, 240)) {
            Pictures.run(clock, "clock:zone=UTC");
            Pictures.run(text, "text:text=22\\:13\\:20:position=top-left");
            assertThat(Pictures.same(clock.mat(), text.mat())).isTrue();
        }
    }

    @Test
    void clock_writesInTheGivenZoneAndPattern() throws Exception {
        try (Frame clock = frame(Color.BLACK, 640, 480);
                Frame text = frame(Color.BLACK, 640, 480)) {
            Pictures.run(clock, "clock:zone=Asia/Tokyo:pattern=EEE dd.MM.yyyy HH.mm.ss.SSS:position=bottom-right");
            Pictures.run(text, "text:text=Wed 15.11.2023 07.13.20.000:position=bottom-right");
            assertThat(Pictures.same(clock.mat(), text.mat())).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 127, 255})
    void text_onAnyBackground_standsOut(int background) throws Exception {
        try (Frame frame = frame(new Color(background, background, background), 320, 240)) {
            Pictures.run(frame, "text:text=legible");
            Box white = inked(frame, LetteringTest::bright);
            Box black = inked(frame, LetteringTest::dark);
            assertThat(white.width()).isGreaterThan(0.15);
            assertThat(black.width()).isGreaterThan(0.15);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "top-left, 0, 0",
        "top, 0.5, 0",
        "top-right, 1, 0",
        "center, 0.5, 0.5",
        "bottom-left, 0, 1",
        "bottom, 0.5, 1",
        "bottom-right, 1, 1"
    })
    void text_standsWhereItIsAskedFor_andInsideThePicture(String position, double across, double down)
            throws Exception {
        for (int height : new int[] {240, 480, 1080}) {
            try (Frame frame = frame(new Color(90, 90, 90), height * 4 / 3, height)) {
                Pictures.run(frame, "text:text=HOME:position=" + position);
                Box ink = inked(frame, LetteringTest::dark);
                assertThat(ink.x() / (1 - ink.width())).isCloseTo(across, within(0.05));
                assertThat(ink.y() / (1 - ink.height())).isCloseTo(down, within(0.05));
                assertThat(ink.x()).isPositive();
                assertThat(ink.y() + ink.height()).isLessThan(1);
                assertThat(ink.height()).isCloseTo(0.065, within(0.02));
            }
        }
    }

    @Test
    void text_tooLongForThePicture_isWrittenSmaller() throws Exception {
        try (Frame frame = frame(new Color(90, 90, 90), 160, 120)) {
            Pictures.run(frame, "text:text=a very long line that would never fit into it");
            Box ink = inked(frame, LetteringTest::dark);
            assertThat(ink.x()).isPositive();
            assertThat(ink.x() + ink.width()).isLessThan(1);
        }
    }

    @Test
    void text_withAccents_isWrittenWithout() {
        assertThat(Lettering.drawable("Grüße, ça va?")).isEqualTo("Grusse, ca va?");
    }

    @Test
    void text_onAGrayPicture_leavesItGray() throws Exception {
        try (Frame frame = frame(Color.BLACK, 320, 240)) {
            Pictures.run(frame, "grayscale", "clock");
            assertThat(frame.mat().channels()).isEqualTo(1);
            assertThat(inked(frame, LetteringTest::bright).width()).isGreaterThan(0.2);
        }
    }

    private static Frame frame(Color background, int width, int height) {
        return Pictures.frame(Pictures.plain(width, height, background));
    }

    private static boolean bright(int brightness) {
        return brightness > 200;
    }

    private static boolean dark(int brightness) {
        return brightness < 55;
    }

    /** The smallest box around the pixels of such brightness. */
    private static Box inked(Frame frame, IntPredicate ink) {
        Mat picture = frame.mat();
        int left = picture.cols();
        int top = picture.rows();
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < picture.rows(); y++) {
            for (int x = 0; x < picture.cols(); x++) {
                if (ink.test(Pictures.pixel(frame, x, y).get(0))) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x + 1);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        return new PixelRect(left, top, right - left, bottom - top).box(picture.cols(), picture.rows());
    }
}
