package dev.sightline.stream;

import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.stream.status.StreamStatus;
import java.util.List;
import java.util.Optional;

/** Where a mirror's sessions are worked on: in this process or in a worker. Safe for use by any thread. */
sealed interface SenderSessions permits LocalSessions, RemoteSessions {

    /**
     * Makes a session's frames.
     *
     * @param wanted the mirror's steps, then those that the sender chose
     * @param chosen the names of these
     */
    Production production(Outlet outlet, PipelineRecipe wanted, List<String> chosen);

    /** Makes one pipeline to see that it can be made, if that is not done elsewhere. */
    void attempt(PipelineRecipe recipe);

    /** The worker; empty for this process. */
    Optional<StreamStatus.InWorker> place();

    /** The mirror has ended, after its sessions. */
    void close();
}
