package dev.sightline.codec;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The image shown without a signal: the last frame in dim gray, with a line of text across it, so that it never looks live.
 * Used by one thread at a time.
 */
public final class Slate {
    private static final int BLANK_WIDTH = 640;
    private static final int BLANK_HEIGHT = 480;
    private static final double BRIGHTNESS = 0.4;
    private static final int FONT = opencv_imgproc.FONT_HERSHEY_DUPLEX;

    private Slate() {}

    /**
     * Makes a slate from the last frame.
     *
     * @param last in gray, owned by the caller; the slate has its capture time, and its size as far as the rendition permits
     * @param seq the slate's own number
     * @param metadata of the slate, including the stream's state
     */
    public static EncodedFrame of(Frame last, Rendition rendition, String text, long seq, Metadata metadata) {
        try (Frame slate = new Frame(seq, last.captureNanos(), last.mat().clone())) {
            slate.mat().convertTo(slate.mat(), -1, BRIGHTNESS, 0);
            return encoded(slate, rendition, text, metadata);
        }
    }

    /**
     * Makes a slate if there was no frame.
     *
     * @param width of the stream's frames in pixels; 0 if unknown
     * @param height of the stream's frames in pixels; 0 if unknown
     */
    public static EncodedFrame blank(
            Rendition rendition, int width, int height, String text, long seq, long captureNanos, Metadata metadata) {
        boolean known = width > 0 && height > 0;
        try (Scalar dark = new Scalar(24);
                Frame slate = new Frame(
                        seq,
                        captureNanos,
                        new Mat(
                                known ? height : BLANK_HEIGHT,
                                known ? width : BLANK_WIDTH,
                                opencv_core.CV_8UC1,
                                dark))) {
            return encoded(slate, rendition, text, metadata);
        }
    }

    private static EncodedFrame encoded(Frame slate, Rendition rendition, String text, Metadata metadata) {
        metadata.values().forEach(slate.metadata()::put);
        write(slate.mat(), text);
        try (Encoder encoder = Encoders.encoder(rendition)) {
            encoder.take(slate);
            return encoder.encode().orElseThrow();
        }
    }

    /** White text in the middle, over two thirds of the width, on a darker band. */
    private static void write(Mat picture, String text) {
        double scale = 1;
        try (IntPointer baseline = new IntPointer(1);
                Size natural = opencv_imgproc.getTextSize(text, FONT, scale, 1, baseline)) {
            scale = Math.min(picture.cols() * 2 / 3.0 / natural.width(), picture.rows() / 8.0 / natural.height());
            int thickness = Math.max(1, (int) Math.round(scale * 1.2));
            int width = (int) Math.round(natural.width() * scale);
            int height = (int) Math.round(natural.height() * scale);
            int middle = picture.rows() / 2;
            try (Mat band = picture.rowRange(
                            Math.max(0, middle - height * 2), Math.min(picture.rows(), middle + height * 2));
                    Point origin = new Point((picture.cols() - width) / 2, middle + height / 2);
                    Scalar white = Scalar.all(235)) {
                band.convertTo(band, -1, 0.5, 0);
                opencv_imgproc.putText(
                        picture, text, origin, FONT, scale, white, thickness, opencv_imgproc.LINE_AA, false);
            }
        }
    }
}
