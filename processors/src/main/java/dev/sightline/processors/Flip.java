package dev.sightline.processors;

import dev.sightline.frame.Box;
import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.Parameter;
import java.util.Optional;
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

        private Box moved(Box box) {
            double x = this == VERTICAL ? box.x() : 1 - box.x() - box.width();
            double y = this == HORIZONTAL ? box.y() : 1 - box.y() - box.height();
            return new Box(x, y, box.width(), box.height());
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
        frame.metadata().moveDetections(box -> Optional.of(direction.moved(box)));
    }
}
