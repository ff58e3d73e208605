package dev.sightline.app.configuration;

import dev.sightline.admin.Configuration.Probe;
import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.Picture;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceReader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens one source for a moment in this process, by a thread of its own. */
final class LocalProbe {
    private static final Logger LOG = LoggerFactory.getLogger(LocalProbe.class);

    private final Source source;
    private final Runnable left;
    private final CompletableFuture<Probe> found = new CompletableFuture<>();

    private LocalProbe(Source source, Runnable left) {
        this.source = source;
        this.left = left;
    }

    /**
     * Opens it.
     *
     * @param left runs when the source is left, which may be later than it is given up
     * @return failed with a {@link SourceException} that says why nothing came in time
     */
    static CompletableFuture<Probe> open(Source source, Duration longest, Runnable left) {
        LocalProbe probe = new LocalProbe(source, left);
        Thread thread = new Thread(probe::run, "sightline-probe");
        thread.setDaemon(true);
        thread.start();
        CompletableFuture<Probe> answer = new CompletableFuture<>();
        probe.found.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS).whenComplete((seen, failure) -> {
            if (failure == null) {
                answer.complete(seen);
            } else {
                thread.interrupt();
                answer.completeExceptionally(
                        failure instanceof TimeoutException
                                ? new SourceException(
                                        source.address() + ": no picture within " + longest.toSeconds() + " s")
                                : failure);
            }
        });
        return answer;
    }

    /** Loads what the first frame would wait for: a rate that is measured meanwhile would be wrong. */
    static void prepare() {
        Source pattern = JudgedConfig.source("pattern:160x120@30");
        try (SourceReader reader = pattern.open(new Numbering(CaptureClock.system()));
                FirstLook look = new FirstLook(System::nanoTime)) {
            reader.read().ifPresent(look::see);
        } catch (SourceException | RuntimeException e) {
            LOG.debug("what sources need is loaded later", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            found.complete(look());
        } catch (SourceException | RuntimeException | LinkageError | VirtualMachineError e) {
            found.completeExceptionally(e);
        } catch (InterruptedException e) {
            LOG.debug("a source was tried for too long");
        } finally {
            left.run();
        }
    }

    private Probe look() throws SourceException, InterruptedException {
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
}
