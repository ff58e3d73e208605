package dev.sightline.frame;

import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Checks a frame after a processor worked on it. */
final class LentPicture {
    /** OpenCV's names, indexed by its constants. */
    private static final List<String> DEPTHS = List.of("8U", "8S", "16U", "16S", "32S", "32F", "64F", "16F");

    private LentPicture() {}

    /** What makes the frame unusable for later steps and encoders; empty if it is sound. */
    static Optional<String> damage(Mat mat) {
        if (mat.isNull()) {
            return Optional.of("it closed the frame it was lent; clone the Mat to keep it");
        }
        if (mat.dims() > 2 || mat.empty()) {
            return Optional.of("it left an empty Mat; release only what is your own");
        }
        if (mat.depth() != opencv_core.CV_8U || mat.channels() != 1 && mat.channels() != 3) {
            return Optional.of(
                    "it turned the frame into " + typeName(mat) + "; a frame is CV_8UC3 (BGR) or CV_8UC1 (gray)");
        }
        return Optional.empty();
    }

    private static String typeName(Mat mat) {
        return "CV_" + DEPTHS.get(mat.depth()) + "C" + mat.channels();
    }
}
