package dev.sightline.app.configuration;

import dev.sightline.processor.Parameter;
import java.util.Optional;

/**
 * The worker processes.
 *
 * @param shared the worker of streams that come over the network and name none, or {@value StreamConfig#NO_WORKER}
 * @param memory in MiB
 */
public record WorkersConfig(
        @Parameter(
                value =
                        "The worker that runs what comes over the network (rtsp:, http:, publish:, mirror:) where a stream names none itself, or none: the server does.",
                byDefault = "network")
        String shared,

        @Parameter(
                value =
                        "How much memory each may hold, in MiB, a quarter of it Java's heap; one that holds more is ended.",
                min = 256,
                max = 1_048_576,
                byDefault = "2048")
        int memory) {
    /** Those of code and of the command line, where streams run in the server; a file's default is another. */
    public static final WorkersConfig DEFAULTS = new WorkersConfig(StreamConfig.NO_WORKER, 2048);

    /** The shared worker; empty if the server runs all that names none. */
    Optional<String> sharedWorker() {
        return Optional.of(shared).filter(name -> !name.equals(StreamConfig.NO_WORKER));
    }

    /** The same, with everything in the server that names no worker. */
    public WorkersConfig withoutShared() {
        return new WorkersConfig(StreamConfig.NO_WORKER, memory);
    }
}
