package dev.sightline.bench.roundtrip;

import dev.sightline.bench.BenchException;
import dev.sightline.bench.floor.GrayJpeg;
import dev.sightline.source.pattern.PatternPainter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** The pictures that are sent, and what is made of them. */
public final class Pictures {
    static final int WIDTH = 640;
    static final int HEIGHT = 480;

    private static final int COUNT = 60;
    private static final int QUALITY = 80;
    private static final int CODEC_TURNS = 20;

    private Pictures() {}

    /** Two seconds of the test pattern, which compresses about as an indoor scene does, as JPEG. */
    public static List<byte[]> pattern() {
        List<byte[]> pictures = new ArrayList<>();
        try (PatternPainter painter = new PatternPainter(WIDTH, HEIGHT, 30);
                IntPointer quality = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, QUALITY)) {
            for (int number = 1; number <= COUNT; number++) {
                try (Mat picture = painter.paint(number, System.currentTimeMillis() * 1_000_000L);
                        BytePointer jpeg = new BytePointer()) {
                    opencv_imgcodecs.imencode(".jpg", picture, jpeg, quality);
                    pictures.add(bytes(jpeg.asByteBuffer()));
                }
            }
        }
        return pictures;
    }

    /** Milliseconds that OpenCV takes on one thread to decode one of them to gray and to encode it again. */
    static double codecMillis(List<byte[]> pictures) {
        GrayJpeg.oneThread();
        try (GrayJpeg codec = new GrayJpeg()) {
            long nanos = Long.MAX_VALUE;
            for (int turn = 0; turn < CODEC_TURNS; turn++) {
                long start = System.nanoTime();
                pictures.forEach(picture -> codec.of(ByteBuffer.wrap(picture)));
                nanos = Math.min(nanos, System.nanoTime() - start);
            }
            return nanos / 1e6 / pictures.size();
        }
    }

    /** Fails unless it is a gray JPEG picture of the size that was sent. */
    static void requireGray(byte[] answer, String who) {
        try (Mat bytes = new Mat(1, answer.length, opencv_core.CV_8UC1, new BytePointer(answer));
                Mat picture = opencv_imgcodecs.imdecode(bytes, opencv_imgcodecs.IMREAD_UNCHANGED)) {
            if (picture.channels() != 1 || picture.cols() != WIDTH || picture.rows() != HEIGHT) {
                throw new BenchException(who + " answers with a picture of " + picture.cols() + "x" + picture.rows()
                        + " and " + picture.channels() + " channels, and not with the one sent, in gray");
            }
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
