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

/** What there is to see: the test pattern, photographs side by side, texture, and grain upon them. Used by one thread. */
final class Scene implements AutoCloseable {
    static final int FPS = 30;

    private static final double LIGHTEST = 255;
    /** How much of a film's grain remains in the next picture. */
    private static final double GRAIN_KEPT = 0.3;
    /** What the grain's blur takes from its deviation. */
    private static final double BLURRED = 2.7;

    private static final String[] PHOTOGRAPHS = {
        "faces", "publish", "FaceDetection", "CameraOverWebRtc", "WebcamRoundTrip", "MetadataStream"
    };

    private final int width;
    private final int height;
    private final PatternPainter pattern;
    private final Mat photographs;
    private final Mat texture;
    private final Mat fineTexture;
    private final Mat noise;
    private final Mat filmGrain;

    /** Of the photographs in a folder, in pictures of a size. */
    Scene(Path images, int width, int height) {
        this.width = width;
        this.height = height;
        pattern = new PatternPainter(width, height, FPS);
        photographs = collage(images);
        opencv_core.setRNGSeed(1);
        texture = grown(4);
        fineTexture = grown(2);
        noise = new Mat(height, width, opencv_core.CV_16SC3);
        filmGrain = new Mat(height, width, opencv_core.CV_32FC1, Scalar.all(0));
    }

    /** Four pictures large; a grain of it has so many pixels each way. */
    private Mat grown(int grain) {
        Mat grown = new Mat();
        try (Mat coarse = new Mat(2 * height / grain, 2 * width / grain, opencv_core.CV_8UC3);
                Size size = new Size(2 * width, 2 * height)) {
            fillWithNoise(coarse);
            opencv_imgproc.resize(coarse, grown, size, 0, 0, opencv_imgproc.INTER_CUBIC);
        }
        return grown;
    }

    /** Two rows of three, each of the size of a picture. */
    private Mat collage(Path images) {
        Mat collage = new Mat(2 * height, 3 * width, opencv_core.CV_8UC3);
        for (int i = 0; i < PHOTOGRAPHS.length; i++) {
            String file = images.resolve(PHOTOGRAPHS[i] + ".jpg").toString();
            try (Mat photograph = opencv_imgcodecs.imread(file);
                    Rect place = new Rect(i % 3 * width, i / 3 * height, width, height);
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
        return cut(photographs, index % 3 * width, index / 3 % 2 * height);
    }

    /** A look at the photographs; the place swings between their edges. */
    Mat photographs(double right, double down) {
        return cut(photographs, swing(right, 2 * width), swing(down, height));
    }

    /** A look at the texture; the place swings between its edges. */
    Mat texture(double right, double down) {
        return cut(texture, swing(right, width), swing(down, height));
    }

    /** A look at the finest texture; the place swings between its edges. */
    Mat fineTexture(double right, double down) {
        return cut(fineTexture, swing(right, width), swing(down, height));
    }

    /** Nothing that repeats. */
    Mat noise() {
        Mat picture = new Mat(height, width, opencv_core.CV_8UC3);
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

    /** A picture with a sensor's noise, each channel for itself, at most so far to either side; the given one is closed. */
    Mat noisy(Mat picture, int most) {
        try (picture;
                Mat low = scalar(-most);
                Mat high = scalar(most + 1)) {
            opencv_core.randu(noise, low, high);
            Mat noisy = new Mat();
            opencv_core.add(picture, noise, noisy, opencv_core.noArray(), opencv_core.CV_8U);
            return noisy;
        }
    }

    /**
     * A picture as film gives it: grain of some pixels' size, a part of which remains in the next picture, strongest in the
     * middle tones; the given one is closed.
     */
    Mat filmed(Mat picture, double deviation) {
        try (picture;
                Mat strength = middleness(picture);
                Mat grain = new Mat();
                Mat filmed = new Mat()) {
            growFilmGrain(deviation);
            opencv_core.multiply(strength, filmGrain, strength);
            opencv_imgproc.cvtColor(strength, grain, opencv_imgproc.COLOR_GRAY2BGR);
            picture.convertTo(filmed, opencv_core.CV_32F);
            opencv_core.add(filmed, grain, filmed);
            Mat shown = new Mat();
            filmed.convertTo(shown, opencv_core.CV_8U);
            return shown;
        }
    }

    private void growFilmGrain(double deviation) {
        try (Mat fresh = new Mat(height, width, opencv_core.CV_32FC1);
                Mat mean = scalar(0);
                Mat spread = scalar(BLURRED * deviation);
                Size blur = new Size(3, 3)) {
            opencv_core.randn(fresh, mean, spread);
            opencv_imgproc.GaussianBlur(fresh, fresh, blur, 0);
            opencv_core.addWeighted(filmGrain, GRAIN_KEPT, fresh, Math.sqrt(1 - GRAIN_KEPT * GRAIN_KEPT), 0, filmGrain);
        }
    }

    /** For each pixel 0 where it is black or white, and 1 where it is half of that. */
    private static Mat middleness(Mat picture) {
        Mat tone = new Mat();
        opencv_imgproc.cvtColor(picture, tone, opencv_imgproc.COLOR_BGR2GRAY);
        tone.convertTo(tone, opencv_core.CV_32F, 1 / LIGHTEST, 0);
        try (Mat square = new Mat()) {
            opencv_core.multiply(tone, tone, square);
            opencv_core.addWeighted(tone, 4, square, -4, 0, tone);
        }
        return tone;
    }

    private static int swing(double place, int most) {
        double within = Math.abs(place) % (2.0 * most);
        return (int) Math.round(within <= most ? within : 2 * most - within);
    }

    private Mat cut(Mat large, int x, int y) {
        try (Rect place = new Rect(x, y, width, height);
                Mat part = large.apply(place)) {
            return part.clone();
        }
    }

    @Override
    public void close() {
        pattern.close();
        photographs.close();
        texture.close();
        fineTexture.close();
        noise.close();
        filmGrain.close();
    }
}
