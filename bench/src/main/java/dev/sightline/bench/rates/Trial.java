package dev.sightline.bench.rates;

import dev.sightline.codec.Encoder;
import dev.sightline.codec.Encoders;
import dev.sightline.codec.Rendition;
import dev.sightline.codec.VideoDecoder;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** One encoder on one clip, and beside it a viewer who sees what it makes of it. */
final class Trial implements AutoCloseable {
    private static final long START = 1_760_000_000_000_000_000L;
    /** Alike in all but rounding. */
    private static final double MOST_DECIBELS = 50;
    /** One picture of so many is compared thoroughly. */
    private static final int EACH = 5;

    private final Rendition.Video rendition;
    private final Encoder encoder;
    private final VideoDecoder decoder;
    private Optional<Frame> seen = Optional.empty();

    private Trial(Rendition.Video rendition) {
        this.rendition = rendition;
        this.encoder = Encoders.encoder(rendition);
        this.decoder = new VideoDecoder(rendition.codec());
    }

    /**
     * How like what is seen is to a picture, by its luminance.
     *
     * @param decibels PSNR
     * @param given SSIM, of the picture as the camera gave it; empty if not looked at
     * @param clean the same, of the picture before
     */
    record Likeness(double decibels, OptionalDouble given, OptionalDouble clean) {}

    /** What comes of so many seconds of a clip. */
    static Outcome of(Rendition.Video rendition, Scene scene, Clip clip, int seconds) {
        try (Trial trial = new Trial(rendition)) {
            return trial.run(scene, clip, seconds * Scene.FPS);
        }
    }

    private Outcome run(Scene scene, Clip clip, int pictures) {
        Outcome outcome = new Outcome(rendition.bitsPerSecond());
        for (int number = 0; number < pictures; number++) {
            Mat clean = clip.paint(scene, number);
            Mat cleanGray = wanted(clean);
            long nanos = START + number * 1_000_000_000L / Scene.FPS;
            try (cleanGray;
                    Frame frame = new Frame(number + 1, nanos, clip.take(scene, clean));
                    Mat gray = wanted(frame.mat())) {
                encoder.take(frame);
                long begun = System.nanoTime();
                Optional<EncodedFrame> encoded = encoder.encode();
                double took = (System.nanoTime() - begun) / 1e6;
                encoded.ifPresent(this::see);
                outcome.add(encoded, took, likeness(gray, cleanGray, number % EACH == 0));
            }
        }
        return outcome;
    }

    /** What a viewer would like to see of a picture: it in gray, as large as the rendition allows. */
    private Mat wanted(Mat picture) {
        Mat gray = new Mat();
        opencv_imgproc.cvtColor(picture, gray, opencv_imgproc.COLOR_BGR2GRAY);
        int width = rendition.width();
        if (width > 0 && width < gray.cols()) {
            try (Size size = new Size(width, Math.round((float) gray.rows() * width / gray.cols()) & ~1)) {
                opencv_imgproc.resize(gray, gray, size, 0, 0, opencv_imgproc.INTER_AREA);
            }
        }
        return gray;
    }

    private void see(EncodedFrame encoded) {
        Optional<Frame> decoded = decoder.decode(encoded, PixelFormat.GRAY);
        seen.ifPresent(Frame::close);
        seen = decoded;
    }

    private Likeness likeness(Mat given, Mat clean, boolean thorough) {
        try (Mat shown = new Mat();
                Size size = given.size()) {
            opencv_imgproc.resize(seen.orElseThrow().mat(), shown, size, 0, 0, opencv_imgproc.INTER_LINEAR);
            double decibels = Math.min(MOST_DECIBELS, opencv_core.PSNR(given, shown));
            return thorough
                    ? new Likeness(
                            decibels,
                            OptionalDouble.of(Ssim.of(given, shown)),
                            OptionalDouble.of(Ssim.of(clean, shown)))
                    : new Likeness(decibels, OptionalDouble.empty(), OptionalDouble.empty());
        }
    }

    @Override
    public void close() {
        seen.ifPresent(Frame::close);
        decoder.close();
        encoder.close();
    }
}
