package dev.sightline.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.indexer.UByteIndexer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_objdetect.QRCodeDetector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn is read again, as a phone would. */
class QrPictureTest {
    private static final int SCALE = 8;

    @ParameterizedTest
    @ValueSource(strings = {"https://192.168.1.20:8080/", "http://[fd00:0:0:0:0:0:0:2]:18443/", "https://a.example:1/"})
    void blocks_onADarkTerminal_areRead(String address) {
        List<String> lines = QrPicture.of(address).blocks().lines().toList();
        boolean[][] light = new boolean[lines.size() * 2][lines.get(0).length()];
        for (int y = 0; y < lines.size(); y++) {
            for (int x = 0; x < lines.get(y).length(); x++) {
                char block = lines.get(y).charAt(x);
                light[2 * y][x] = block == '█' || block == '▀';
                light[2 * y + 1][x] = block == '█' || block == '▄';
            }
        }
        assertThat(read(light)).isEqualTo(address);
    }

    @Test
    void svg_isRead() {
        String svg = QrPicture.of("https://192.168.1.20:8080/").svg();
        Matcher size = Pattern.compile("viewBox=\"0 0 (\\d+) (\\d+)\"").matcher(svg);
        assertThat(size.find()).isTrue();
        boolean[][] light = new boolean[Integer.parseInt(size.group(1))][Integer.parseInt(size.group(2))];
        for (boolean[] line : light) {
            Arrays.fill(line, true);
        }
        Pattern.compile("M(\\d+) (\\d+)h1v1h-1z")
                .matcher(svg)
                .results()
                .forEach(at -> light[Integer.parseInt(at.group(2))][Integer.parseInt(at.group(1))] = false);
        assertThat(read(light)).isEqualTo("https://192.168.1.20:8080/");
    }

    private static String read(boolean[][] light) {
        try (Mat picture = new Mat(
                        (light.length + 4) * SCALE,
                        (light[0].length + 4) * SCALE,
                        opencv_core.CV_8UC1,
                        Scalar.all(255));
                QRCodeDetector detector = new QRCodeDetector()) {
            UByteIndexer pixels = picture.createIndexer();
            for (int y = 0; y < light.length * SCALE; y++) {
                for (int x = 0; x < light[0].length * SCALE; x++) {
                    pixels.put(y + 2 * SCALE, x + 2 * SCALE, light[y / SCALE][x / SCALE] ? 255 : 0);
                }
            }
            return detector.detectAndDecode(picture).getString();
        }
    }
}
