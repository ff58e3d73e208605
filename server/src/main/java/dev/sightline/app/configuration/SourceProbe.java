package dev.sightline.app.configuration;

import dev.sightline.admin.Configuration.Probe;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.source.EgressSettings;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a source for a moment and tells what comes from it, two at a time. Safe for use by any thread. */
public final class SourceProbe {
    private static final Logger LOG = LoggerFactory.getLogger(SourceProbe.class);
    private static final int AT_A_TIME = 2;

    private final Semaphore places = new Semaphore(AT_A_TIME);
    private final Path folder;
    private final Duration longest;
    private final Supplier<Optional<ProbePlace>> elsewhere;

    /**
     * A probe that opens sources in this process.
     *
     * @param folder the base of relative files
     * @param longest how long a source may take
     */
    public SourceProbe(Path folder, Duration longest) {
        this(folder, longest, Optional::empty);
    }

    /**
     * A probe.
     *
     * @param elsewhere where the next source is opened; empty for this process
     */
    SourceProbe(Path folder, Duration longest, Supplier<Optional<ProbePlace>> elsewhere) {
        this.folder = folder;
        this.longest = longest;
        this.elsewhere = elsewhere;
    }

    /** Loads what the first source would wait for. */
    public static void prepare() {
        LocalProbe.prepare();
    }

    /** What comes from the source, within these limits of where it may lead; failed with a {@link ProblemException} that says why nothing does. */
    public CompletionStage<Probe> of(String address, EgressSettings egress) {
        Source source;
        try {
            source = JudgedConfig.source(address, folder, egress);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(problem(422, String.valueOf(e.getMessage())));
        }
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    problem(503, AT_A_TIME + " sources are being tried already; try again in a few seconds"));
        }
        CompletableFuture<Probe> answer = new CompletableFuture<>();
        open(source, address, egress).whenComplete((found, failure) -> {
            if (failure == null) {
                answer.complete(found);
            } else {
                answer.completeExceptionally(problem(source, failure));
            }
        });
        return answer;
    }

    private CompletionStage<Probe> open(Source source, String address, EgressSettings egress) {
        Optional<ProbePlace> place = elsewhere.get();
        if (place.isEmpty()) {
            return LocalProbe.open(source, longest, places::release);
        }
        Path base = folder.toAbsolutePath().normalize();
        return place.get()
                .open(new ProbePlace.Trial(address, source.address(), base, egress, longest))
                .whenComplete((found, failure) -> places.release());
    }

    private static ProblemException problem(Source source, Throwable failure) {
        Throwable why =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (why instanceof ProblemException problem) {
            return problem;
        }
        if (!(why instanceof SourceException)) {
            LOG.warn("{} failed unexpectedly", source.address(), why);
        }
        return problem(422, source.shown(String.valueOf(why.getMessage())));
    }

    private static ProblemException problem(int status, String why) {
        return new ProblemException(Problem.of(status, why));
    }
}
