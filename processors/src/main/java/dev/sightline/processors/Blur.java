package dev.sightline.processors;

import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.Parameter;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Size;

/** The processor {@code blur}: softens the frame with a Gaussian. */
public final class Blur extends BuiltIn<Blur.Parameters> {

    /**
     * The parameters of {@code blur}.
     *
     * @param radius pixels
     */
    public record Parameters(
            @Parameter(value = "How far a pixel spreads, in pixels.", byDefault = "5", min = 1, max = 100, unit = "px")
            int radius) {}

    /** The factory, for ServiceLoader. */
    public Blur() {
        super("blur", "Softens the picture.", Parameters.class);
    }

    @Override
    FrameProcessor make(Parameters parameters) {
        return (AnyLayout) frame -> blur(frame, 2 * parameters.radius() + 1);
    }

    private static void blur(Frame frame, int side) {
        try (Size kernel = new Size(side, side)) {
            opencv_imgproc.GaussianBlur(frame.mat(), frame.mat(), kernel, 0);
        }
    }
}
