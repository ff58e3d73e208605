package dev.sightline.bench.floor;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The least that makes a gray JPEG picture of a coloured one: OpenCV decodes it straight to gray and encodes it at quality
 * 80. Used by one thread.
 */
public final class GrayJpeg implements AutoCloseable {
    private static final int LARGEST = 1024 * 1024;

    private final BytePointer input = new BytePointer(LARGEST);
    private final BytePointer output = new BytePointer();
    private final Mat picture = new Mat();
    private final IntPointer quality = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, 80);

    /** With room for pictures of up to 1 MiB. */
    public GrayJpeg() {}

    /** One thread for OpenCV, as the server has it. */
    public static void oneThread() {
        opencv_core.setNumThreads(1);
    }

    /** The gray picture, good until the next call. */
    public ByteBuffer of(ByteBuffer jpeg) {
        int length = jpeg.remaining();
        input.position(0).limit(LARGEST).asByteBuffer().put(jpeg);
        try (Mat bytes = new Mat(1, length, opencv_core.CV_8UC1, input)) {
            opencv_imgcodecs
                    .imdecode(bytes, opencv_imgcodecs.IMREAD_GRAYSCALE, picture)
                    .close();
        }
        opencv_imgcodecs.imencode(".jpg", picture, output, quality);
        return output.asByteBuffer();
    }

    @Override
    public void close() {
        input.close();
        output.close();
        picture.close();
        quality.close();
    }
}
