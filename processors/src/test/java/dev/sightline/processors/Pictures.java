package dev.sightline.processors;

import dev.sightline.frame.Box;
import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** Pictures for tests. */
final class Pictures {
    static final long NOON = 1_700_000_000L * 1_000_000_000L;

    /** The face in the portrait, measured by eye: hairline to chin, cheek to cheek, in pixels of 512. */
    static final Box FACE = new Box(178 / 512.0, 74 / 512.0, 94 / 512.0, 106 / 512.0);

    private Pictures() {}

    static Mat portrait() {
        try (InputStream in = Pictures.class.getResourceAsStream("portrait.jpg");
                BytePointer bytes = new BytePointer(in.readAllBytes());
                Mat encoded = new Mat(1, (int) bytes.limit(), opencv_core.CV_8UC1, bytes)) {
            return opencv_imgcodecs.imdecode(encoded, opencv_imgcodecs.IMREAD_COLOR);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /** A picture of one colour. */
    static Mat plain(int width, int height, Color color) {
        try (Mat probe = new Mat(1, 1, opencv_core.CV_8UC3);
                Scalar value = color.in(probe)) {
            return new Mat(height, width, opencv_core.CV_8UC3, value);
        }
    }

    /** The portrait, so many pixels wide and high, at a place in a larger picture of smooth colours. */
    static Mat portraitWithin(int width, int height, int side, int x, int y) {
        Mat picture = plain(width, height, new Color(120, 130, 140));
        try (Mat portrait = portrait();
                Size size = new Size(side, side);
                Rect rect = new Rect(x, y, side, side);
                Mat view = new Mat(picture, rect)) {
            opencv_imgproc.resize(portrait, view, size, 0, 0, opencv_imgproc.INTER_AREA);
        }
        return picture;
    }

    /** Where {@link #FACE} is in {@link #portraitWithin}. */
    static Box faceWithin(double width, double height, double side, double x, double y) {
        return new Box(
                (x + FACE.x() * side) / width,
                (y + FACE.y() * side) / height,
                FACE.width() * side / width,
                FACE.height() * side / height);
    }

    /** Random dots, the same for the same seed. */
    static Mat noise(int width, int height, int seed) {
        byte[] bytes = new byte[width * height * 3];
        new Random(seed).nextBytes(bytes);
        Mat picture = new Mat(height, width, opencv_core.CV_8UC3);
        picture.data().put(bytes);
        return picture;
    }

    static void fill(Mat picture, int x, int y, int width, int height, Color color) {
        try (Rect rect = new Rect(x, y, width, height);
                Scalar value = color.in(picture)) {
            opencv_imgproc.rectangle(picture, rect, value, opencv_imgproc.FILLED, opencv_imgproc.LINE_8, 0);
        }
    }

    /** A frame that owns the picture, captured at {@link #NOON}. */
    static Frame frame(Mat picture) {
        return new Frame(1, NOON, picture);
    }

    /** The blue, green and red, or the gray, of one pixel. */
    static List<Integer> pixel(Frame frame, int x, int y) {
        BytePointer row = frame.mat().ptr(y);
        int channels = frame.mat().channels();
        return IntStream.range(0, channels)
                .mapToObj(channel -> row.get((long) x * channels + channel) & 0xff)
                .toList();
    }

    /** Whether two pictures are the same, pixel by pixel. */
    static boolean same(Mat one, Mat other) {
        return opencv_core.norm(one, other, opencv_core.NORM_INF, new Mat()) == 0;
    }

    /** Runs the processors as a pipeline does: converts where needed, closes each at the end. */
    static void run(Frame frame, String... shorthands) throws Exception {
        for (String shorthand : shorthands) {
            try (FrameProcessor processor = BuiltIns.processor(shorthand)) {
                step(frame, processor);
            }
        }
    }

    static void step(Frame frame, FrameProcessor processor) throws Exception {
        if (!processor.accepts().contains(frame.pixelFormat())) {
            frame.convert(processor.accepts().iterator().next());
        }
        processor.process(frame);
    }
}
