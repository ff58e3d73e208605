package dev.sightline.processors;

import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.NoParameters;

/**
 * The processor {@code grayscale}: turns the picture gray, by accepting nothing else. The conversion is the pipeline's,
 * and costs nothing where the picture can be decoded straight to gray.
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
