package dev.sightline.bench.rates;

import dev.sightline.source.pattern.PatternPainter;
import java.nio.file.Path;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** What there is to see, at 1280x720: the test pattern, photographs side by side, and texture. Used by one thread. */
final class Scene implements AutoCloseable {
    static final int WIDTH = 1280;
    static final int HEIGHT = 720;
    static final int FPS = 30;

    private static final double LIGHTEST = 255;
    private static final String[] PHOTOGRAPHS = {
        "faces", "publish", "FaceDetection", "CameraOverWebRtc", "WebcamRoundTrip", "MetadataStream"
    };

    private final PatternPainter pattern = new PatternPainter(WIDTH, HEIGHT, FPS);
    private final Mat photographs;
    private final Mat texture = new Mat(2 * HEIGHT, 2 * WIDTH, opencv_core.CV_8UC3);
    private final Mat noise = new Mat(HEIGHT, WIDTH, opencv_core.CV_16SC3);

    /** Of the photographs in a folder. */
    Scene(Path images) {
        photographs = collage(images);
        opencv_core.setRNGSeed(1);
        try (Mat coarse = new Mat(texture.rows() / 4, texture.cols() / 4, opencv_core.CV_8UC3);
                Size size = texture.size()) {
            fillWithNoise(coarse);
            opencv_imgproc.resize(coarse, texture, size, 0, 0, opencv_imgproc.INTER_CUBIC);
        }
    }

    /** Two rows of three, each of the size of a picture. */
    private static Mat collage(Path images) {
        Mat collage = new Mat(2 * HEIGHT, 3 * WIDTH, opencv_core.CV_8UC3);
        for (int i = 0; i < PHOTOGRAPHS.length; i++) {
            String file = images.resolve(PHOTOGRAPHS[i] + ".jpg").toString();
            try (Mat photograph = opencv_imgcodecs.imread(file);
                    Rect place = new Rect(i % 3 * WIDTH, i / 3 * HEIGHT, WIDTH, HEIGHT);
                    Mat part = collage.apply(place);
                    Size size = part.size()) {
                opencv_imgproc.resize(photograph, part, size, 0, 0, opencv_imgproc.INTER_CUBIC);
            }
        }
        return collage;
    }

    private static void fillWithNoise(Mat mat) {
        try (Mat low = scalar(0);
                Mat high = scalar(LIGHTEST)) {
            opencv_core.randu(mat, low, high);
        }
    }

    private static Mat scalar(double value) {
        return new Mat(1, 1, opencv_core.CV_64F, Scalar.all(value));
    }

    /** The test pattern of a number. */
    Mat pattern(int number) {
        return pattern.paint(number, 1_760_000_000_000_000_000L + number * 1_000_000_000L / FPS);
    }

    /** One of six photographs. */
    Mat photograph(int index) {
        return cut(photographs, index % 3 * WIDTH, index / 3 % 2 * HEIGHT);
    }

    /** A look at the photographs; the place swings between their edges. */
    Mat photographs(double right, double down) {
        return cut(photographs, swing(right, 2 * WIDTH), swing(down, HEIGHT));
    }

    /** A look at the texture; the place swings between its edges. */
    Mat texture(double right, double down) {
        return cut(texture, swing(right, WIDTH), swing(down, HEIGHT));
    }

    /** Nothing that repeats. */
    Mat noise() {
        Mat picture = new Mat(HEIGHT, WIDTH, opencv_core.CV_8UC3);
        fillWithNoise(picture);
        return picture;
    }

    /** A picture as a webcam gives it in a dim room; the given one is closed. */
    Mat grainy(Mat picture, double deviation) {
        try (picture;
                Mat mean = scalar(0);
                Mat spread = scalar(deviation)) {
            opencv_core.randn(noise, mean, spread);
            Mat grainy = new Mat();
            opencv_core.add(picture, noise, grainy, opencv_core.noArray(), opencv_core.CV_8U);
            return grainy;
        }
    }

    private static int swing(double place, int most) {
        double within = Math.abs(place) % (2.0 * most);
        return (int) Math.round(within <= most ? within : 2 * most - within);
    }

    private static Mat cut(Mat large, int x, int y) {
        try (Rect place = new Rect(x, y, WIDTH, HEIGHT);
                Mat part = large.apply(place)) {
            return part.clone();
        }
    }

    @Override
    public void close() {
        pattern.close();
        photographs.close();
        texture.close();
        noise.close();
    }
}
