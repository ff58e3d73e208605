package dev.sightline.processors;

import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.Parameter;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** The processor {@code edges}: draws outlines, white on black (Canny 1986, as in OpenCV). */
public final class Edges extends BuiltIn<Edges.Parameters> {

    /**
     * The parameters of {@code edges}: the two thresholds of the detector, as steps of brightness.
     *
     * @param low an edge continues while it is at least this strong
     * @param high an edge begins where it is at least this strong
     */
    public record Parameters(
            @Parameter(value = "An edge goes on while it is at least so strong.", byDefault = "50", min = 0, max = 1000)
            int low,

            @Parameter(value = "An edge begins where it is at least so strong.", byDefault = "150", min = 0, max = 1000)
            int high) {

        /** Refuses thresholds in the wrong order. */
        public Parameters {
            if (low > high) {
                throw new IllegalArgumentException("edges: low (" + low + ") must not be above high (" + high + ")");
            }
        }
    }

    /** The factory, for ServiceLoader. */
    public Edges() {
        super("edges", "Draws the outlines of things, white on black.", Parameters.class);
    }

    @Override
    FrameProcessor make(Parameters parameters) {
        return new Outlines(parameters);
    }

    private static final class Outlines implements GrayOnly {
        private final Parameters parameters;
        private final Mat edges = new Mat();

        Outlines(Parameters parameters) {
            this.parameters = parameters;
        }

        @Override
        public void process(Frame frame) {
            opencv_imgproc.Canny(frame.mat(), edges, parameters.low(), parameters.high());
            edges.copyTo(frame.mat());
        }

        @Override
        public void close() {
            edges.close();
        }
    }
}
