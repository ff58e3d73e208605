package dev.sightline;

import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.NoParameters;
import dev.sightline.processor.ProcessorFactory;
import java.util.function.Supplier;

/** A processor supplied as code, under a name that the configuration can use like any other. */
record CodeProcessor(String name, Supplier<? extends FrameProcessor> supplier)
        implements ProcessorFactory<NoParameters> {

    @Override
    public String description() {
        return "A processor given in code.";
    }

    @Override
    public Class<NoParameters> parameters() {
        return NoParameters.class;
    }

    @Override
    public FrameProcessor create(NoParameters parameters) {
        return supplier.get();
    }
}
