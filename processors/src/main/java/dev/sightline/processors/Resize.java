package dev.sightline.processors;

import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.Parameter;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Size;

/** The processor {@code resize}: scales the frame. Boxes are in fractions and stay the same. */
public final class Resize extends BuiltIn<Resize.Parameters> {
    private static final int LARGEST = 8192;

    /**
     * The parameters of {@code resize}; at least one of them must be given.
     *
     * @param width pixels
     * @param height pixels
     */
    public record Parameters(
            @Parameter(
                    value = "Width in pixels; left out, it follows from the height.",
                    min = 1,
                    max = LARGEST,
                    unit = "px")
            Optional<Integer> width,

            @Parameter(
                    value = "Height in pixels; left out, it follows from the width.",
                    min = 1,
                    max = LARGEST,
                    unit = "px")
            Optional<Integer> height) {

        /** Refuses parameters with neither width nor height. */
        public Parameters {
            if (width.isEmpty() && height.isEmpty()) {
                throw new IllegalArgumentException("resize needs a width, a height or both, as in resize:width=640");
            }
        }
    }

    /** The factory, for ServiceLoader. */
    public Resize() {
        super("resize", "Scales the picture to a width, a height or both.", Parameters.class);
    }

    @Override
    FrameProcessor make(Parameters parameters) {
        return (AnyLayout) frame -> resize(
                frame,
                parameters
                        .width()
                        .orElseGet(
                                () -> proportional(parameters.height().orElseThrow(), frame.width(), frame.height())),
                parameters
                        .height()
                        .orElseGet(
                                () -> proportional(parameters.width().orElseThrow(), frame.height(), frame.width())));
    }

    private static int proportional(int other, int own, int otherOwn) {
        return (int) Math.max(1, Math.min(LARGEST, Math.round((double) other * own / otherOwn)));
    }

    private static void resize(Frame frame, int width, int height) {
        if (width == frame.width() && height == frame.height()) {
            return;
        }
        boolean shrinks = width <= frame.width() && height <= frame.height();
        int interpolation = shrinks ? opencv_imgproc.INTER_AREA : opencv_imgproc.INTER_LINEAR;
        try (Size size = new Size(width, height)) {
            Redraw.redraw(frame, (from, to) -> opencv_imgproc.resize(from, to, size, 0, 0, interpolation));
        }
    }
}
