package dev.sightline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.source.pattern.PatternPainter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader for browsers, run by Node.js, against the painter. */
class PatternNumberJsTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000, 0xFEDC_BA98L})
    void readPatternNumber_scaledPicture_isTheNumber(long number) throws Exception {
        try (PatternPainter painter = new PatternPainter(640, 480, 30);
                Mat picture = painter.paint(number, 0);
                Size size = new Size(160, 120)) {
            opencv_imgproc.resize(picture, picture, size, 0, 0, opencv_imgproc.INTER_AREA);
            assertThat(readByNode(picture)).isEqualTo(Long.toString(number));
        }
    }

    @Test
    void readPatternNumber_noStrip_isNull() throws Exception {
        try (PatternPainter painter = new PatternPainter(640, 480, 30);
                Mat picture = painter.paint(1, 0);
                Mat upper = picture.rowRange(0, 240);
                Mat copy = upper.clone()) {
            assertThat(readByNode(copy)).isEqualTo("null");
        }
    }

    private static String readByNode(Mat bgr) throws IOException {
        String program = script()
                + "; const data = require('fs').readFileSync(0);"
                + "console.log(readPatternNumber({width: %d, height: %d, data}));".formatted(bgr.cols(), bgr.rows());
        Process node = new ProcessBuilder("node", "-e", program)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (Mat rgba = new Mat();
                OutputStream in = node.getOutputStream()) {
            opencv_imgproc.cvtColor(bgr, rgba, opencv_imgproc.COLOR_BGR2RGBA);
            byte[] bytes = new byte[rgba.rows() * rgba.cols() * 4];
            rgba.data().get(bytes);
            in.write(bytes);
        }
        return new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static String script() throws IOException {
        try (InputStream script = PatternNumber.class.getResourceAsStream("pattern-number.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
