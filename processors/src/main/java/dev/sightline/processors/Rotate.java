package dev.sightline.processors;

import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.Parameter;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** The processor {@code rotate}: turns the frame, by quarter turns without loss and by any angle with black corners. */
public final class Rotate extends BuiltIn<Rotate.Parameters> {

    /**
     * The parameters of {@code rotate}.
     *
     * @param degrees clockwise
     */
    public record Parameters(
            @Parameter(
                    value = "Degrees clockwise; multiples of 90 lose nothing, others leave black corners.",
                    byDefault = "90",
                    min = -360,
                    max = 360,
                    unit = "°")
            int degrees) {}

    /** The factory, for ServiceLoader. */
    public Rotate() {
        super("rotate", "Turns the picture clockwise.", Parameters.class);
    }

    @Override
    FrameProcessor make(Parameters parameters) {
        int degrees = Math.floorMod(parameters.degrees(), 360);
        return (AnyLayout) frame -> rotate(frame, degrees);
    }

    private static void rotate(Frame frame, int degrees) {
        if (degrees == 0) {
            return;
        }
        Turn turn = new Turn(degrees, frame.width(), frame.height());
        Redraw.redraw(frame, (from, to) -> draw(turn, from, to));
        frame.metadata().move(turn::moved);
    }

    private static void draw(Turn turn, Mat from, Mat to) {
        switch (turn.degrees()) {
            case 90 -> opencv_core.rotate(from, to, opencv_core.ROTATE_90_CLOCKWISE);
            case 180 -> opencv_core.rotate(from, to, opencv_core.ROTATE_180);
            case 270 -> opencv_core.rotate(from, to, opencv_core.ROTATE_90_COUNTERCLOCKWISE);
            default -> turn.warp(from, to);
        }
    }
}
