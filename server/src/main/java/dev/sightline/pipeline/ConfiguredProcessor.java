package dev.sightline.pipeline;

import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.ProcessorFactory;
import java.util.function.Supplier;

/** Makes instances by a factory with the parameters that a configuration gives. */
record ConfiguredProcessor<P extends Record>(ProcessorFactory<P> factory, P parameters)
        implements Supplier<FrameProcessor> {

    @Override
    public FrameProcessor get() {
        return factory.create(parameters);
    }

    /** Whether the other makes the same: by this very factory, with equal parameters. */
    boolean sameAs(ConfiguredProcessor<?> other) {
        return factory == other.factory && parameters.equals(other.parameters);
    }
}
