package dev.sightline.pipeline;

import dev.sightline.metrics.HistogramSnapshot;
import java.util.Optional;

/** A processor that cannot be made; the message names it and is fit for the user. */
public final class ProcessorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String why;

    ProcessorException(String name, Throwable cause) {
        super("processor '" + name + "' cannot be made: " + Failure.text(cause), cause);
        this.name = name;
        this.why = "it cannot be made: " + Failure.text(cause);
    }

    /** How the step is doing that there should be. */
    public ProcessorStatus status() {
        return new ProcessorStatus(name, false, StepState.FAILING, Optional.of(why), 0, 0, 0, HistogramSnapshot.EMPTY);
    }
}
