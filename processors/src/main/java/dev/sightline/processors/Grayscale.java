package dev.sightline.processors;

import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.NoParameters;

/**
 * The processor {@code grayscale}: turns the frame gray, by accepting nothing else. The pipeline converts, which costs nothing
 * if the frame can be decoded straight to gray.
 */
public final class Grayscale extends BuiltIn<NoParameters> {

    /** The factory, for ServiceLoader. */
    public Grayscale() {
        super("grayscale", "Turns the picture gray.", NoParameters.class);
    }

    @Override
    FrameProcessor make(NoParameters parameters) {
        return (GrayOnly) frame -> {};
    }
}
