package dev.sightline.worker;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a worker is, as a plain value.
 *
 * @param name its name
 * @param state whether its process is there
 * @param since since when it is in that state
 * @param pid its process, where one runs
 * @param residentBytes the memory that it holds; empty where that cannot be read
 * @param starts how many processes it has had
 * @param deaths how many of these died, by cause
 * @param lastDeath why the last one died
 */
public record WorkerStatus(
        String name,
        State state,
        Instant since,
        OptionalLong pid,
        OptionalLong residentBytes,
        long starts,
        Map<Death.Cause, Long> deaths,
        Optional<Death> lastDeath) {
    /** Copies the counts. */
    public WorkerStatus {
        deaths = Map.copyOf(deaths);
    }

    /** The states of a worker. */
    public enum State {
        /** No process is ready yet, or it waits before the next try. */
        STARTING,
        /** Its process works. */
        UP,
        /** It was closed. */
        CLOSED
    }
}
