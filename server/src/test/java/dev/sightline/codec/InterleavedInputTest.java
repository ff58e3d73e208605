package dev.sightline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterleavedInputTest {

    @ParameterizedTest
    @CsvSource({"64, 48", "322, 242", "6, 2"})
    void bring_anyPicture_keepsItsLumaAndInterleavesItsChroma(int width, int height) {
        try (YuvPicture picture = new YuvPicture(width, height);
                InterleavedInput input = new InterleavedInput(width, height);
                Mat noise = new Mat(height, width, opencv_core.CV_8UC3);
                Mat least = new Mat(new double[] {0});
                Mat most = new Mat(new double[] {256})) {
            for (int round = 0; round < 2; round++) {
                opencv_core.randu(noise, least, most);
                picture.fill(noise);

                AVFrame brought = input.bring(picture.frame());

                assertThat(brought.format()).isEqualTo(avutil.AV_PIX_FMT_NV12);
                assertThat(brought.width()).isEqualTo(width);
                assertThat(brought.height()).isEqualTo(height);
                assertThat(brought.color_range()).isEqualTo(avutil.AVCOL_RANGE_MPEG);
                assertThat(plane(brought, 0, width, height)).isEqualTo(plane(picture.frame(), 0, width, height));
                byte[] chroma = plane(brought, 1, width, height / 2);
                assertThat(everySecond(chroma, 0)).isEqualTo(plane(picture.frame(), 1, width / 2, height / 2));
                assertThat(everySecond(chroma, 1)).isEqualTo(plane(picture.frame(), 2, width / 2, height / 2));
            }
        }
    }

    private static byte[] plane(AVFrame frame, int index, int width, int height) {
        byte[] bytes = new byte[width * height];
        BytePointer data = frame.data(index);
        for (int row = 0; row < height; row++) {
            data.position((long) row * frame.linesize(index)).get(bytes, row * width, width);
        }
        return bytes;
    }

    private static byte[] everySecond(byte[] bytes, int first) {
        byte[] half = new byte[bytes.length / 2];
        for (int i = 0; i < half.length; i++) {
            half[i] = bytes[i * 2 + first];
        }
        return half;
    }
}
