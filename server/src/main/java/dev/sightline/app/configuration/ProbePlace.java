package dev.sightline.app.configuration;

import dev.sightline.admin.Configuration.Probe;
import dev.sightline.source.EgressSettings;
import dev.sightline.source.SourceException;
import dev.sightline.worker.Confinement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Where a source is opened for a moment. */
public interface ProbePlace {
    /**
     * Opens it.
     *
     * @return complete with what came, in time; failed with a {@link SourceException} that says why nothing did, or with a
     *     {@link dev.sightline.http.ProblemException} if that is not the source's fault
     */
    CompletionStage<Probe> open(Trial trial);

    /**
     * What is tried.
     *
     * @param source its address, secrets included
     * @param shown its address for people
     * @param folder the base of relative files, absolute
     * @param egress where it may lead
     * @param longest how long it may take
     */
    record Trial(String source, String shown, Path folder, EgressSettings egress, Duration longest) {
        /** What a process must be able to reach that opens it. */
        public Confinement needs() {
            return WorkerPlans.reach(source, folder);
        }

        /** Without secrets. */
        @Override
        public String toString() {
            return "Trial[" + shown + "]";
        }
    }
}
