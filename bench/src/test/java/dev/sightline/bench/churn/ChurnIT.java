package dev.sightline.bench.churn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.bench.ProcessFacts;
import dev.sightline.bench.Programs;
import dev.sightline.bench.Server;
import dev.sightline.bench.load.Churn;
import dev.sightline.bench.roundtrip.Pictures;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.HttpMjpegServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Users of all kinds come to the program and go, and it keeps nothing of them. With {@code -Dsightline.long=true} they do
 * so for 32 minutes.
 */
class ChurnIT {
    private static final boolean LONG = Boolean.getBoolean("sightline.long");

    private static final Duration LENGTH = LONG ? Duration.ofMinutes(32) : Duration.ofSeconds(8);
    private static final Duration LONGEST_STAY = Duration.ofSeconds(LONG ? 10 : 3);

    /** On-demand sources close 10 s after their last viewer, and a peer of WebRTC whose goodbye was lost counts for 30 s. */
    private static final Duration LEAVING = Duration.ofSeconds(60);

    /** The JVM's own threads come and go, and its class loader opens a jar when it first needs it. */
    private static final int OF_THE_JVM = 2;

    @Test
    void usersOfAllKinds_comeAndGo_nothingIsLeftOfThem() throws Exception {
        Programs programs = new Programs(Path.of(".."), "churn-it");
        List<byte[]> pictures = Pictures.pattern();
        try (HttpMjpegServer camera = HttpMjpegServer.start(640, 480, 15);
                Server sightline = programs.sightlineOfClassPath(List.of(
                        "--config",
                        ChurnBench.configuration(programs.folder(), camera).toString()))) {
            allVisit(sightline, pictures, Duration.ZERO);
            Sample first = awaitAllGone(sightline, Double.MAX_VALUE, Double.MAX_VALUE);

            allVisit(sightline, pictures, LENGTH);
            awaitAllGone(sightline, first.threads() + OF_THE_JVM, first.files() + OF_THE_JVM);
        }
        assertThat(Files.readAllLines(programs.log("sightline").toPath()))
                .noneMatch(line -> line.contains(" error "));
    }

    /** Everybody comes at least once, and again and again for so long. */
    private static void allVisit(Server sightline, List<byte[]> pictures, Duration length)
            throws IOException, InterruptedException {
        Churn churn = new Churn(sightline.stream(), pictures, LONGEST_STAY);
        try (churn) {
            Thread.sleep(length.toMillis());
        }
        assertThat(churn.visits()).allSatisfy(kind -> {
            assertThat(kind.failed()).as("%s: %s", kind.who(), kind.lastFailure()).isZero();
            assertThat(kind.made()).as(kind.who()).isPositive();
        });
        Await.until("all streams had pictures", () -> Stream.of("bench", "clip", "camera", "phone", "mirror")
                .allMatch(each -> frames(sightline, each) > 0));
    }

    private static double frames(Server sightline, String stream) {
        return Scrape.of(sightline.stream()).sum("sightline_stream_frames_total{stream=\"" + stream + '"');
    }

    /** Waits until nobody is there, no source is open, and there are no more threads and descriptors than that. */
    private static Sample awaitAllGone(Server sightline, double mostThreads, double mostFiles) {
        AtomicReference<Sample> last = new AtomicReference<>();
        try {
            Await.until("all are gone", LEAVING, () -> {
                Sample now = Sample.of(sightline, 0);
                last.set(now);
                return now.viewers() == 0
                        && now.sessions() == 0
                        && isIdle(sightline)
                        && now.threads() <= mostThreads
                        && now.files() <= mostFiles;
            });
        } catch (AssertionError stayed) {
            throw new AssertionError(last + ", of at most " + mostThreads + " threads and " + mostFiles + " files", stayed);
        }
        return last.get();
    }

    /** Whether its on-demand sources are closed, and the threads that wait for more work for 10 s have ended. */
    private static boolean isIdle(Server sightline) {
        Scrape scrape = Scrape.of(sightline.stream());
        long pid = sightline.process().pid();
        return Stream.of("clip", "camera")
                        .allMatch(each ->
                                scrape.sum("sightline_stream_state{state=\"IDLE\",stream=\"" + each + '"') == 1)
                && Stream.of("sightline-dtls", "sightline-sock")
                        .allMatch(pool -> ProcessFacts.threads(pid, pool) == 0);
    }
}
