package dev.sightline.processor;

/**
 * Makes processors of one kind. Found through {@link java.util.ServiceLoader}; configurations refer to it by name.
 *
 * @param <P> the record of its parameters; each component has a {@link Parameter} annotation
 */
public interface ProcessorFactory<P extends Record> {

    /** The name in configurations: lower-case letters, digits and dashes, for example {@code pixelate-faces}. */
    String name();

    /** One sentence for users: what the processor does. */
    String description();

    /** The record class of the parameters; {@link NoParameters} if there are none. */
    Class<P> parameters();

    /**
     * Creates an instance for one pipeline.
     *
     * @throws IllegalArgumentException if parameters do not fit together; the user sees the message
     */
    FrameProcessor create(P parameters);
}
