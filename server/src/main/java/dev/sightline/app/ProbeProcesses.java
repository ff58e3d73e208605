package dev.sightline.app;

import dev.sightline.admin.Configuration.Probe;
import dev.sightline.app.configuration.ProbePlace;
import dev.sightline.app.worker.ProbeWorker;
import dev.sightline.config.RecordWriter;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.source.SourceException;
import dev.sightline.stream.wire.ProbeAnswer;
import dev.sightline.stream.wire.ProbeRequest;
import dev.sightline.worker.Death;
import dev.sightline.worker.Link;
import dev.sightline.worker.Message;
import dev.sightline.worker.OneShot;
import dev.sightline.worker.Tenant;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Opens each source that is tried in a process of its own, whose end costs nobody anything. */
final class ProbeProcesses implements ProbePlace {
    /** Of the process in log and metrics; no worker of a stream has it. */
    static final String NAME = "probe";

    /** The process itself gives a source up in time; one that does not is hung. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Starter starter;

    /** Starts the processes. */
    interface Starter {
        /**
         * Starts one; may wait for files that are unpacked.
         *
         * @return ends it
         * @throws IOException if none can be started
         */
        Runnable once(OneShot shot, Tenant tenant) throws IOException;
    }

    ProbeProcesses(Starter starter) {
        this.starter = starter;
    }

    @Override
    public CompletionStage<Probe> open(Trial trial) {
        Trying trying = new Trying(trial);
        Thread thread = new Thread(() -> start(trial, trying), "sightline-probe");
        thread.setDaemon(true);
        thread.start();
        return trying.found;
    }

    private void start(Trial trial, Trying trying) {
        OneShot shot = new OneShot(
                NAME,
                ProbeWorker.class.getName(),
                trial.needs(),
                trial.longest().plus(GRACE));
        try {
            Runnable end = starter.once(shot, trying);
            trying.found.whenComplete((probe, failure) -> end.run());
        } catch (IOException | RuntimeException e) {
            trying.found.completeExceptionally(notStarted(String.valueOf(e.getMessage())));
        }
    }

    private static ProblemException notStarted(String why) {
        return new ProblemException(
                Problem.of(503, "the process that tries sources did not start: " + why + "; try again"));
    }

    /** One source in its process. Called by the threads of the pool and of the link. */
    private static final class Trying implements Tenant {
        private final Trial trial;
        private final CompletableFuture<Probe> found = new CompletableFuture<>();
        private volatile boolean up;

        Trying(Trial trial) {
            this.trial = trial;
        }

        @Override
        public void up(Link link) {
            up = true;
            link.onMessage(this::answered);
            link.onEnd(why -> {});
            link.send(new ProbeRequest(
                            trial.source(),
                            trial.folder().toString(),
                            RecordWriter.all(trial.egress()),
                            trial.longest().toMillis())
                    .message());
        }

        private void answered(Message message) {
            ProbeAnswer answer = ProbeAnswer.read(message);
            if (answer instanceof ProbeAnswer.Found seen) {
                found.complete(new Probe(
                        trial.shown(),
                        seen.width(),
                        seen.height(),
                        seen.codec(),
                        seen.fps(),
                        Base64.getEncoder().encodeToString(seen.picture())));
            } else if (answer instanceof ProbeAnswer.Failed failed) {
                found.completeExceptionally(new SourceException(failed.problem()));
            }
        }

        @Override
        public void down(Death death) {
            found.completeExceptionally(
                    up
                            ? new SourceException(
                                    trial.shown() + ": opening it ended the process that tried it: " + death.reason())
                            : notStarted(death.reason()));
        }
    }
}
