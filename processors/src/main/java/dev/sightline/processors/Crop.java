package dev.sightline.processors;

import dev.sightline.frame.Box;
import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.Parameter;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/** The processor {@code crop}: keeps one rectangle of the frame. */
public final class Crop extends BuiltIn<Crop.Parameters> {

    /**
     * The parameters of {@code crop}: a rectangle in fractions of the frame, as in a {@link Box}.
     *
     * @param x left edge
     * @param y top edge
     * @param width to the right edge if left out
     * @param height to the bottom edge if left out
     */
    public record Parameters(
            @Parameter(
                    value = "Left edge, as a fraction of the picture's width.",
                    byDefault = "0",
                    min = 0,
                    max = 0.999)
            double x,

            @Parameter(
                    value = "Top edge, as a fraction of the picture's height.",
                    byDefault = "0",
                    min = 0,
                    max = 0.999)
            double y,

            @Parameter(value = "Width as a fraction; left out, all to the right edge.", min = 0.001, max = 1)
            Optional<Double> width,

            @Parameter(value = "Height as a fraction; left out, all to the bottom edge.", min = 0.001, max = 1)
            Optional<Double> height) {

        /** Refuses a rectangle that extends beyond the frame. */
        public Parameters {
            inside("x", x, "width", width);
            inside("y", y, "height", height);
        }

        private static void inside(String edge, double start, String extent, Optional<Double> length) {
            if (start + length.orElse(0.0) > 1 + 1e-9) {
                throw new IllegalArgumentException("crop reaches beyond the picture: %s %s plus %s %s is more than 1"
                        .formatted(edge, start, extent, length.orElseThrow()));
            }
        }

        private Box box() {
            return new Box(x, y, width.orElse(1 - x), height.orElse(1 - y));
        }
    }

    /** The factory, for ServiceLoader. */
    public Crop() {
        super("crop", "Keeps one rectangle of the picture.", Parameters.class);
    }

    @Override
    FrameProcessor make(Parameters parameters) {
        Box kept = parameters.box();
        return (AnyLayout) frame -> crop(frame, kept);
    }

    private static void crop(Frame frame, Box wanted) {
        int pictureWidth = frame.width();
        int pictureHeight = frame.height();
        PixelRect kept = PixelRect.of(wanted, pictureWidth, pictureHeight);
        try (Rect rect = kept.toRect();
                Mat view = new Mat(frame.mat(), rect)) {
            frame.replace(view.clone());
        }
        // What was found moves by the actual whole pixels, not by the requested fractions.
        frame.metadata().move(point -> kept.inwards(point, pictureWidth, pictureHeight));
    }
}
