package dev.sightline.app.configuration;

import dev.sightline.admin.Configuration.Probe;
import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.Picture;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.source.EgressSettings;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a source for a moment and tells what comes from it: two at a time, by a thread each. Safe for use by any thread. */
final class SourceProbe {
    private static final Logger LOG = LoggerFactory.getLogger(SourceProbe.class);
    private static final int AT_A_TIME = 2;

    private final Semaphore places = new Semaphore(AT_A_TIME);
    private final Path folder;
    private final Duration longest;

    /**
     * A probe.
     *
     * @param folder the base of relative files
     * @param longest how long a source may take
     */
    SourceProbe(Path folder, Duration longest) {
        this.folder = folder;
        this.longest = longest;
    }

    /** What comes from the source, within these limits of where it may lead; failed with a {@link ProblemException} that says why nothing does. */
    CompletionStage<Probe> of(String address, EgressSettings egress) {
        Source source;
        try {
            source = JudgedConfig.source(address, folder, egress);
        } catch (IllegalArgumentException e) {
            return failed(422, String.valueOf(e.getMessage()));
        }
        if (!places.tryAcquire()) {
            return failed(503, AT_A_TIME + " sources are being tried already; try again in a few seconds");
        }
        CompletableFuture<Probe> found = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(source, found), "sightline-probe");
        thread.setDaemon(true);
        thread.start();
        CompletableFuture<Probe> answer = new CompletableFuture<>();
        found.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS).whenComplete((probe, failure) -> {
            if (failure == null) {
                answer.complete(probe);
            } else {
                thread.interrupt();
                answer.completeExceptionally(problem(422, reason(source, failure)));
            }
        });
        return answer;
    }

    private void run(Source source, CompletableFuture<Probe> found) {
        try {
            found.complete(look(source));
        } catch (SourceException | RuntimeException | LinkageError | VirtualMachineError e) {
            found.completeExceptionally(e);
        } catch (InterruptedException e) {
            LOG.debug("a source was tried for too long");
        } finally {
            places.release();
        }
    }

    private static Probe look(Source source) throws SourceException, InterruptedException {
        try (SourceReader reader = source.open(new Numbering(CaptureClock.system()));
                FirstLook look = new FirstLook(System::nanoTime)) {
            while (!look.isDone()) {
                Optional<Picture> picture = reader.read();
                if (picture.isEmpty()) {
                    break;
                }
                look.see(picture.get());
            }
            return look.result(source.address())
                    .orElseThrow(() -> new SourceException("it opens, but ends before a picture comes"));
        }
    }

    private String reason(Source source, Throwable why) {
        if (why instanceof TimeoutException) {
            return source.address() + ": no picture within " + longest.toSeconds() + " s";
        }
        if (!(why instanceof SourceException)) {
            LOG.warn("{} failed unexpectedly", source.address(), why);
        }
        return source.shown(String.valueOf(why.getMessage()));
    }

    private static CompletionStage<Probe> failed(int status, String why) {
        return CompletableFuture.failedFuture(problem(status, why));
    }

    private static ProblemException problem(int status, String why) {
        return new ProblemException(Problem.of(status, why));
    }
}
