package dev.sightline.worker;

import java.time.Duration;
import java.util.Map;

/**
 * What a process is started for that does one thing and then ends.
 *
 * @param name for the log and the metrics
 * @param body the name of its {@link WorkerBody}
 * @param confinement what it may reach
 * @param longest how long it may work, once it is up
 */
public record OneShot(String name, String body, Confinement confinement, Duration longest) {
    /**
     * How the processes for such work fared.
     *
     * @param starts how many came up
     * @param deaths how many died, and of what; those that were ended in time are none
     */
    public record Counts(long starts, Map<Death.Cause, Long> deaths) {
        /** None was started. */
        static final Counts NONE = new Counts(0, Map.of());

        /** Copies the counts. */
        public Counts {
            deaths = Map.copyOf(deaths);
        }
    }
}
