package dev.sightline.processors;

import dev.sightline.frame.Frame;
import dev.sightline.frame.FramePoint;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.Parameter;
import org.bytedeco.opencv.global.opencv_core;

/** The processor {@code flip}: mirrors the frame. */
public final class Flip extends BuiltIn<Flip.Parameters> {

    /** The direction of mirroring. */
    public enum Direction {
        /** Swaps left and right, as in a mirror. */
        HORIZONTAL(1),
        /** Swaps top and bottom. */
        VERTICAL(0),
        /** Both, which is a half turn. */
        BOTH(-1);

        private final int flipCode;

        Direction(int flipCode) {
            this.flipCode = flipCode;
        }

        private FramePoint moved(FramePoint point) {
            return new FramePoint(
                    this == VERTICAL ? point.x() : 1 - point.x(), this == HORIZONTAL ? point.y() : 1 - point.y());
        }
    }

    /**
     * The parameters of {@code flip}.
     *
     * @param direction which way
     */
    public record Parameters(
            @Parameter(value = "Which way the picture is mirrored.", byDefault = "horizontal")
            Direction direction) {}

    /** The factory, for ServiceLoader. */
    public Flip() {
        super("flip", "Mirrors the picture: left to right, top to bottom, or both.", Parameters.class);
    }

    @Override
    FrameProcessor make(Parameters parameters) {
        return (AnyLayout) frame -> flip(frame, parameters.direction());
    }

    private static void flip(Frame frame, Direction direction) {
        opencv_core.flip(frame.mat(), frame.mat(), direction.flipCode);
        frame.metadata().move(direction::moved);
    }
}
