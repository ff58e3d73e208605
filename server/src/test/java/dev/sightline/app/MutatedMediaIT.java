package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.ForeignLoad;
import dev.sightline.testkit.Pictures;
import dev.sightline.testkit.VideoFiles;
import dev.sightline.testkit.WebSocketSender;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Damaged JPEG, H.264 and MP4 goes through a worker. The worker may die of it and come back; the server's process does not, it
 * holds no more memory afterwards, and a stream beside it loses nothing, unless other programs keep the processors busy. With {@code -Dsightline.long=true} there are 10,000.
 */
class MutatedMediaIT {
    private static final Logger LOG = LoggerFactory.getLogger(MutatedMediaIT.class);
    private static final boolean LONG = Boolean.getBoolean("sightline.long");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PICTURES = LONG ? 3_400 : 180;
    /** Videos that play at the same time, half of them H.264 and half MP4. */
    private static final int VIDEOS = 40;

    private static final int ROUNDS = LONG ? 165 : 3;
    private static final long MOST_HEAP_GROWTH = 4L << 20;
    private static final long MOST_GROWTH = 32L << 20;

    private static final long SEED = 15;
    private static final long AGAIN_NANOS = 300_000_000;
    private static final Pattern FROM = Pattern.compile("\"from\":\\{[^}]*\"seq\":(\\d+)");

    @TempDir
    private Path folder;

    private final Mutations mutations = new Mutations(SEED);
    private Program program;
    private Api api;
    private NumberedViewer healthy;
    private byte[] h264;
    private byte[] mp4;

    @BeforeEach
    void start() throws Exception {
        h264 = Files.readAllBytes(VideoFiles.pattern(folder.resolve("sound.h264"), "libopenh264", 160, 128, 30, 6));
        mp4 = Files.readAllBytes(VideoFiles.pattern(folder.resolve("sound.mp4"), "libopenh264", 160, 128, 30, 6));
        writeVideos(UnaryOperator.identity());
        configure(0);
        program = Program.start(folder, "--config", "sightline.yml");
        api = new Api(program.address());
        healthy = NumberedViewer.watch(HttpClient.newHttpClient(), program.address(), "healthy");
        healthy.awaitFrames(15);
        Await.until("sound videos play", PATIENCE, () -> videos(0).allMatch(MutatedMediaIT::isShown));
    }

    @AfterEach
    void stop() {
        healthy.close();
        program.close();
    }

    @Test
    void damagedMedia_costNothingButTheirWorker() throws Exception {
        long pid = program.handle().pid();
        round(1);
        sendPictures(PICTURES / 10);
        Memory before = Memory.of(pid);
        healthy.forgive();
        ForeignLoad foreign = ForeignLoad.begin();

        long shown = 0;
        for (int i = 2; i < ROUNDS + 2; i++) {
            shown += round(i);
        }
        int back = sendPictures(PICTURES);

        LOG.info("{} pictures, {} came back; {} videos, {} shown", PICTURES, back, ROUNDS * VIDEOS, shown);
        assertThat(back).as("damaged pictures that came through the worker").isGreaterThan(PICTURES / 6);
        assertThat(shown).as("damaged videos that showed something").isGreaterThan(ROUNDS * VIDEOS / 4);
        assertThat(program.handle().isAlive()).isTrue();
        judge(before, Memory.of(pid));
        judgeNeighbour(foreign.processors());
    }

    private static void judge(Memory before, Memory after) {
        LOG.info("memory of the server: {}, then {}", before, after);
        assertThat(after.heap() - before.heap()).as("growth of the heap").isLessThan(MOST_HEAP_GROWTH);
        assertThat(after.resident() - before.resident())
                .as("growth of the resident memory")
                .isLessThan(MOST_GROWTH);
    }

    private void judgeNeighbour(double others) {
        JsonNode worker = api.json("/api/workers").path(0);
        LOG.info("{}; others used {} processors; {}", healthy, others, worker);
        assertThat(worker.path("name").asString("")).as("where the media are").isEqualTo("media");
        healthy.awaitFrames(15);
        assertThat(healthy.missed())
                .as("frames missed by the neighbour's viewer")
                .isLessThanOrEqualTo(healthy.mayMiss(others));
        assertThat(healthy.slates()).isZero();
        assertThat(healthy.unreadable()).isZero();
        assertThat(healthy.hasEnded()).isFalse();
    }

    /**
     * New streams play new damaged videos, in the places of the last: so the worker may read all of them from the start. Some
     * find no end.
     *
     * @return how many of them showed something
     */
    private long round(int number) throws IOException {
        writeVideos(sound -> mutations.of(sound, 256));
        configure(number);
        Await.until(
                "round " + number,
                PATIENCE,
                () -> videos(number).filter(MutatedMediaIT::isOver).count() >= VIDEOS * 9 / 10);
        return videos(number).filter(MutatedMediaIT::isShown).count();
    }

    private void writeVideos(UnaryOperator<byte[]> change) throws IOException {
        for (int i = 0; i < VIDEOS; i++) {
            Files.write(folder.resolve(file(i)), change.apply(i % 2 == 0 ? h264 : mp4));
        }
    }

    private static String file(int index) {
        return "video" + index + (index % 2 == 0 ? ".h264" : ".mp4");
    }

    /** How the streams of a round are. */
    private Stream<JsonNode> videos(int round) {
        return api.json("/api/streams")
                .valueStream()
                .filter(stream -> stream.path("name").asString().startsWith("v" + round + "-"));
    }

    private void configure(int round) throws IOException {
        StringBuilder text = new StringBuilder("""
                http: {port: 0}
                streams:
                  healthy: {source: 'pattern:320x240@15'}
                  sent: {source: 'publish:', process: [grayscale], worker: media}
                """);
        for (int i = 0; i < VIDEOS; i++) {
            text.append("  v%d-%d: {source: 'file:%s', loop: false, process: [grayscale], worker: media}\n"
                    .formatted(round, i, file(i)));
        }
        LiveServer.save(folder.resolve("sightline.yml"), text.toString());
    }

    private static boolean isShown(JsonNode stream) {
        return stream.path("frames").asLong() > 0;
    }

    /** It has come to an end, and not because the worker has. */
    private static boolean isOver(JsonNode stream) {
        return stream.path("state").asString("").matches("ENDED|OFFLINE|STALE")
                && !stream.path("reason").asString("").contains("is started again");
    }

    /** Sends damaged pictures, each followed by a sound one that must come back; how many came back themselves. */
    private int sendPictures(int count) {
        byte[] sound = Pictures.noise(160, 120);
        InetSocketAddress address =
                new InetSocketAddress("127.0.0.1", program.address().getPort());
        Set<Integer> back = new HashSet<>();
        try (WebSocketSender sender = WebSocketSender.v1(address, "/live/sent/ws")) {
            for (int i = 0; i < 2 * count; i += 2) {
                sender.send(header(i + 1), mutations.of(sound, 640));
                sendUntilItIsBack(sender, i, sound, back);
            }
        }
        return (int) back.stream().filter(number -> number % 2 == 1).count();
    }

    /** Sent again and again while the worker is away. */
    private static void sendUntilItIsBack(WebSocketSender sender, int number, byte[] picture, Set<Integer> back) {
        long[] sentNanos = {System.nanoTime() - AGAIN_NANOS};
        Await.until("picture " + number + " comes back", PATIENCE, () -> {
            if (System.nanoTime() - sentNanos[0] >= AGAIN_NANOS) {
                sender.send(header(number), picture);
                sentNanos[0] = System.nanoTime();
            }
            while (sender.waiting() > 0) {
                Matcher from = FROM.matcher(answer(sender));
                if (from.find()) {
                    back.add(Integer.valueOf(from.group(1)));
                }
            }
            return back.contains(number);
        });
    }

    private static String header(int number) {
        return "{\"seq\": " + number + ", \"captureTime\": 1}";
    }

    private static String answer(WebSocketSender sender) {
        try {
            return new String(sender.answer(), StandardCharsets.ISO_8859_1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /**
     * What a process holds after a garbage collection.
     *
     * @param heap bytes in use
     * @param resident bytes, all together
     */
    private record Memory(long heap, long resident) {
        private static final Pattern USED = Pattern.compile("used (\\d+)K");
        private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

        static Memory of(long pid) throws Exception {
            jcmd(pid, "GC.run");
            return new Memory(
                    USED.matcher(jcmd(pid, "GC.heap_info"))
                            .results()
                            .mapToLong(used -> Long.parseLong(used.group(1)) << 10)
                            .limit(2)
                            .sum(),
                    kilobytes(RESIDENT, Files.readString(Path.of("/proc/" + pid + "/status"))));
        }

        private static long kilobytes(Pattern pattern, String text) {
            Matcher found = pattern.matcher(text);
            assertThat(found.find()).as(text).isTrue();
            return Long.parseLong(found.group(1)) << 10;
        }

        private static String jcmd(long pid, String command) throws Exception {
            Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            Process process = new ProcessBuilder(List.of(program.toString(), Long.toString(pid), command))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            return said;
        }

        @Override
        public String toString() {
            return (heap >> 10) + " KiB of heap, " + (resident >> 20) + " MiB resident";
        }
    }
}
