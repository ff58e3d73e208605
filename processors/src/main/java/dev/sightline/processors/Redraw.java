package dev.sightline.processors;

import dev.sightline.frame.Frame;
import java.util.function.BiConsumer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Replaces a frame's pixels by new ones, for operations that cannot work in place. */
final class Redraw {

    private Redraw() {}

    /** Calls the operation with the frame's pixels and an empty matrix to fill; nothing leaks if it throws. */
    static void redraw(Frame frame, BiConsumer<Mat, Mat> operation) {
        Mat made = new Mat();
        try {
            operation.accept(frame.mat(), made);
            frame.replace(made);
        } catch (RuntimeException failure) {
            made.close();
            throw failure;
        }
    }
}
