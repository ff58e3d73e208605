package dev.sightline.processors;

import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.ProcessorFactory;

/** The names, description and parameters of a built-in factory, and the threads of its processors. */
abstract class BuiltIn<P extends Record> implements ProcessorFactory<P> {
    private final String name;
    private final String description;
    private final Class<P> parameters;

    BuiltIn(String name, String description, Class<P> parameters) {
        this.name = name;
        this.description = description;
        this.parameters = parameters;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String description() {
        return description;
    }

    @Override
    public final Class<P> parameters() {
        return parameters;
    }

    @Override
    public final FrameProcessor create(P chosen) {
        OneThread.perCall();
        return make(chosen);
    }

    /** The instance that {@link #create} returns. */
    abstract FrameProcessor make(P chosen);
}
