package dev.sightline.processor;

/**
 * Makes processors of one kind. Found by {@link java.util.ServiceLoader}, and by name in a configuration.
 *
 * @param <P> the record of its parameters, each component bearing a {@link Parameter}
 */
public interface ProcessorFactory<P extends Record> {

    /** The name in configurations: lower-case letters, digits and dashes, for example {@code pixelate-faces}. */
    String name();

    /** One sentence for people: what the processor does. */
    String description();

    /** The record class of the parameters; {@link NoParameters} where there are none. */
    Class<P> parameters();

    /**
     * A new instance for one pipeline.
     *
     * @throws IllegalArgumentException if parameters do not fit together; the message goes to the user
     */
    FrameProcessor create(P parameters);
}
