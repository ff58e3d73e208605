package dev.sightline.processors;

import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.Parameter;
import java.util.EnumSet;
import java.util.Set;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * The processor {@code motion}: finds what moves. It adds a detection {@code motion} for each moving region, scored by the
 * moving share of its box, and the metadata value {@code motion}, the moving share of the whole region.
 */
public final class Motion extends BuiltIn<Motion.Parameters> {

    /**
     * The parameters of {@code motion}.
     *
     * @param draw whether outlines are drawn
     * @param minArea smallest box reported, as a fraction of the searched region
     * @param threshold steps of brightness
     * @param left edge of the searched region
     * @param top edge of the searched region
     * @param right edge of the searched region
     * @param bottom edge of the searched region
     * @param color of the outlines
     */
    public record Parameters(
            @Parameter(value = "Whether a thin outline is drawn around what moves.", byDefault = "true")
            boolean draw,

            @Parameter(
                    value = "Smallest box reported, as a fraction of the region looked at.",
                    byDefault = "0.002",
                    min = 0,
                    max = 1)
            double minArea,

            @Parameter(
                    value = "Steps of brightness by which a pixel must change.",
                    byDefault = "25",
                    min = 1,
                    max = 254)
            int threshold,

            @Parameter(value = "Left edge of the region looked at, as a fraction.", byDefault = "0", min = 0, max = 1)
            double left,

            @Parameter(value = "Top edge of the region looked at, as a fraction.", byDefault = "0", min = 0, max = 1)
            double top,

            @Parameter(value = "Right edge of the region looked at, as a fraction.", byDefault = "1", min = 0, max = 1)
            double right,

            @Parameter(value = "Bottom edge of the region looked at, as a fraction.", byDefault = "1", min = 0, max = 1)
            double bottom,

            @Parameter(value = "Colour of the outlines: a name or six hexadecimal digits.", byDefault = "yellow")
            String color) {

        /** Refuses an empty region and an unknown colour. */
        public Parameters {
            Color.of(color);
            if (left >= right || top >= bottom) {
                throw new IllegalArgumentException("motion: left must be less than right, and top less than bottom");
            }
        }

        private Box region() {
            return new Box(left, top, right - left, bottom - top);
        }
    }

    /** The factory, for ServiceLoader. */
    public Motion() {
        super("motion", "Finds what moves, and outlines it.", Parameters.class);
    }

    @Override
    FrameProcessor make(Parameters parameters) {
        return new Watcher(parameters);
    }

    private static final class Watcher implements FrameProcessor {
        private final Parameters parameters;
        private final Outline outline;
        private final MotionFinder finder;

        Watcher(Parameters parameters) {
            this.parameters = parameters;
            outline = new Outline(Color.of(parameters.color()));
            finder = new MotionFinder(parameters.threshold(), parameters.minArea());
        }

        @Override
        public Set<PixelFormat> accepts() {
            return parameters.draw() ? outline.color().layouts() : EnumSet.allOf(PixelFormat.class);
        }

        @Override
        public boolean changesPicture() {
            return parameters.draw();
        }

        @Override
        public void process(Frame frame) {
            PixelRect region = PixelRect.of(parameters.region(), frame.width(), frame.height());
            try (Rect rect = region.toRect();
                    Mat view = new Mat(frame.mat(), rect)) {
                for (Detection found : finder.find(view)) {
                    Detection moving = found.at(region.outwards(found.box(), frame.width(), frame.height()));
                    frame.metadata().add(moving);
                    if (parameters.draw()) {
                        outline.draw(frame.mat(), moving.box());
                    }
                }
            }
            frame.metadata().put("motion", Math.round(finder.share() * 10_000) / 10_000.0);
        }

        @Override
        public void close() {
            finder.close();
        }
    }
}
