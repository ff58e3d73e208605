package dev.sightline.app.configuration;

import dev.sightline.processor.Parameter;

/**
 * The limits of worker processes.
 *
 * @param memory in MiB
 */
public record WorkerLimits(
        @Parameter(
                value =
                        "How much memory each may hold, in MiB, a quarter of it Java's heap; one that holds more is ended.",
                min = 256,
                max = 1_048_576,
                byDefault = "1024")
        int memory) {
    /** Those of a configuration that names none. */
    public static final WorkerLimits DEFAULTS = new WorkerLimits(1024);
}
