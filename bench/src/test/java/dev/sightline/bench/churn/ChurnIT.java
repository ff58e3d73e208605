package dev.sightline.bench.churn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.bench.ProcessFacts;
import dev.sightline.bench.Programs;
import dev.sightline.bench.Scrape;
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
import java.util.Optional;
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
    private static final Duration EVERY = Duration.ofSeconds(LONG ? 20 : 4);
    private static final double ROW_MINUTES = LONG ? 2 : EVERY.toMillis() / 60e3;
    private static final Duration LONGEST_STAY = Duration.ofSeconds(LONG ? 10 : 3);

    private static final List<String> USERS =
            List.of("sightline_stream_viewers", "sightline_webrtc_sessions", "sightline_socketio_sessions");

    /**
     * On-demand sources close 10 s after their last viewer, a peer of WebRTC whose goodbye was lost counts for 30 s, and a connection
     * that Java's client keeps for its next request is closed after 60 s.
     */
    private static final Duration LEAVING = Duration.ofSeconds(90);

    @Test
    void usersOfAllKinds_comeAndGo_nothingIsLeftOfThem() throws Exception {
        Programs programs = new Programs(Path.of(".."), "churn-it");
        try (HttpMjpegServer camera = HttpMjpegServer.start(640, 480, 15);
                ChurnServer server = ChurnServer.start(programs, programs::sightlineOfClassPath, camera, 30)) {
            allVisit(server, Duration.ZERO);
            Kept first = awaitAllGone(server.server(), Optional.empty());

            allVisit(server, LENGTH);
            awaitAllGone(server.server(), Optional.of(first));
        }
        assertThat(Files.readAllLines(programs.log("sightline").toPath())).noneMatch(line -> line.contains(" error "));
    }

    /** Everybody comes at least once, and again and again for so long. */
    private static void allVisit(ChurnServer server, Duration length) throws IOException {
        Churn churn = server.churn(Pictures.pattern(), LONGEST_STAY);
        try (churn;
                Sampler sampler = server.sampler()) {
            Series series = Series.of(sampler, length, EVERY, System.out);
            series.print(ROW_MINUTES, System.out);
            series.printTrends(0, System.out);
        }
        assertThat(churn.visits()).allSatisfy(kind -> {
            assertThat(kind.failed())
                    .as("%s: %s", kind.who(), kind.lastFailure())
                    .isZero();
            assertThat(kind.made()).as(kind.who()).isPositive();
        });
        Await.until(
                "all streams had pictures",
                () -> Stream.of("bench", "clip", "camera", "phone", "mirror", "yard", "edited")
                        .allMatch(each ->
                                of("sightline_stream_frames_total{stream", each, Scrape.of(server.server().stream()))
                                        > 0));
    }

    /** Waits until nobody is there, no source is open, and no more is kept than that; answers what is. */
    private static Kept awaitAllGone(Server sightline, Optional<Kept> most) {
        AtomicReference<Kept> last = new AtomicReference<>();
        AtomicReference<String> scraped = new AtomicReference<>("");
        try {
            Await.until("all are gone", LEAVING, () -> {
                Scrape now = Scrape.of(sightline.stream());
                Kept kept = Kept.by(sightline);
                last.set(kept);
                scraped.set(now.text());
                return USERS.stream().allMatch(name -> now.sum(name) == 0)
                        && isIdle(sightline)
                        && most.stream().allMatch(kept::isWithin);
            });
        } catch (AssertionError stayed) {
            throw new AssertionError(
                    "there may be left " + most + ", and there is " + last + " besides\n" + scraped, stayed);
        }
        return last.get();
    }

    /** Whether its on-demand sources are closed, and the threads that wait for more work for 10 s have ended. */
    private static boolean isIdle(Server sightline) {
        Scrape scrape = Scrape.of(sightline.stream());
        long pid = sightline.process().pid();
        return Stream.of("clip", "camera")
                        .allMatch(each -> of("sightline_stream_state{state=\"IDLE\",stream", each, scrape) == 1)
                && Stream.of("sightline-dtls", "sightline-sock").allMatch(pool -> ProcessFacts.threads(pid, pool) == 0);
    }

    private static double of(String metric, String stream, Scrape scrape) {
        return scrape.sum(metric + "=\"" + stream + '"');
    }

    /**
     * What a process holds on to; but for the JVM's compilers, which come and go, and jars, which its class loader opens
     * when it first needs them. Threads and files are each counted in one look: a compiler that came between two would be
     * taken from a number that does not have it.
     */
    private record Kept(List<String> threads, long descriptors, long processes, int logins, int streams) {
        static Kept by(Server server) {
            long pid = server.process().pid();
            return new Kept(
                    ProcessFacts.threadNames(pid).stream()
                            .filter(name -> !name.startsWith("C1 ") && !name.startsWith("C2 "))
                            .toList(),
                    ProcessFacts.openFileNames(pid).stream()
                            .filter(name -> !name.endsWith(".jar"))
                            .count(),
                    ProcessFacts.children(pid),
                    server.told("/api/sessions").size()
                            + server.told("/api/users").size()
                            + server.told("/api/tokens").size()
                            + server.told("/api/streams/bench/shares").size(),
                    server.told("/api/streams").size());
        }

        boolean isWithin(Kept most) {
            return threads.size() <= most.threads.size()
                    && descriptors <= most.descriptors
                    && processes <= most.processes
                    && logins <= most.logins
                    && streams <= most.streams;
        }
    }
}
