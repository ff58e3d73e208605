package dev.sightline.pipeline;

import dev.sightline.metrics.HistogramSnapshot;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import java.util.Optional;

/** A processor cannot be made; the message names it and is for the user. */
public final class ProcessorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String why;

    ProcessorException(NamedProcessor named, Throwable cause) {
        this(named.name(), named.described(cause), cause);
    }

    private ProcessorException(String name, String why, Throwable cause) {
        super("processor '" + name + "' cannot be made: " + why, cause);
        this.name = name;
        this.why = why;
    }

    /** The status of the missing step. */
    public ProcessorStatus status() {
        Optional<String> reason = Optional.of("it cannot be made: " + why);
        return new ProcessorStatus(name, false, StepState.FAILING, reason, 0, 0, 0, HistogramSnapshot.EMPTY);
    }
}
