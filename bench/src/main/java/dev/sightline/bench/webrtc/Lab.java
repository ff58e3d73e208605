package dev.sightline.bench.webrtc;

import dev.sightline.bench.BenchException;
import dev.sightline.bench.Child;
import dev.sightline.bench.Programs;
import dev.sightline.bench.Server;
import dev.sightline.bench.ThreadTimes;
import dev.sightline.bench.floor.DatagramFloor;
import dev.sightline.bench.load.Joined;
import dev.sightline.bench.load.PeerClient;
import dev.sightline.bench.load.PeersSeen;
import dev.sightline.testkit.webrtc.VideoCodec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/** Where experiments are made: starts servers and load client, and takes samples. */
final class Lab implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long ANSWER_SECONDS = 90;
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final String MEDIA_THREAD = "sightline-media";

    private final Programs programs;
    private final Child client;
    private final int thin;

    /**
     * Whose viewers take that codec.
     *
     * @param thin how many of a crowd are behind thin lines
     */
    Lab(VideoCodec codec, int thin) throws IOException {
        this.thin = thin;
        programs = new Programs("webrtc");
        client = programs.idleLoadClient(PeerClient.class, codec.name());
    }

    /** Sightline itself, at its WHEP address. */
    Server sightline(List<String> arguments) {
        return watched(programs.sightline(arguments));
    }

    /** The same of another checkout. */
    Server sightlineOf(Path checkout, List<String> arguments) {
        return watched(programs.sightlineOf(checkout, arguments));
    }

    private static Server watched(Server server) {
        URI whep = URI.create("http://" + server.stream().getAuthority() + "/live/bench/whep");
        return new Server(server.name(), server.process(), MEDIA_THREAD, whep);
    }

    /** The floor, which sends as much as was seen. */
    Server floor(PeersSeen seen, int fps) {
        return programs.floor(
                "floor",
                DatagramFloor.class,
                Integer.toString(fps),
                Long.toString(Math.max(1, Math.round(seen.packetsPerFrame()))),
                Long.toString(Math.round(seen.bytesPerPacket())));
    }

    /** Viewers come, spread over a time, and are waited for. */
    Joined join(Server server, int viewers, Duration within) {
        return join("join", server, viewers, within);
    }

    private Joined join(String command, Server server, int viewers, Duration within) {
        String line = command + " " + viewers + " " + within.toMillis() + " " + server.stream();
        return JSON.readValue(client.ask(line, ANSWER_SECONDS), Joined.class);
    }

    /** So many viewers come, settle, are measured and go. */
    Sample sample(Server server, int viewers, Duration length) {
        if (isSightline(server)) {
            int behindThinLines = viewers > thin ? thin : 0;
            join("join", server, viewers - behindThinLines);
            if (behindThinLines > 0) {
                join("thin", server, behindThinLines);
            }
        } else {
            URI floor = server.stream();
            client.ask("plain " + viewers + " " + floor.getHost() + " " + floor.getPort(), ANSWER_SECONDS);
        }
        sleep(SETTLE);
        Sample sample = measure(server, length);
        clear();
        return sample;
    }

    /** They come one after the other, and all must play. */
    private void join(String command, Server server, int viewers) {
        Joined joined = join(command, server, viewers, Duration.ofMillis(viewers * 10L));
        if (!joined.trouble().isEmpty()) {
            throw new BenchException(
                    (viewers - joined.playing()) + " of " + viewers + " viewers do not play: " + joined.trouble());
        }
    }

    /** Begins to count what the viewers see who are there now. */
    void begin() {
        client.ask("begin", ANSWER_SECONDS);
    }

    /** What they have seen since. */
    PeersSeen end() {
        return JSON.readValue(client.ask("end", ANSWER_SECONDS), PeersSeen.class);
    }

    void clear() {
        client.ask("clear", ANSWER_SECONDS);
    }

    static void sleep(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private Sample measure(Server server, Duration length) {
        begin();
        long start = System.nanoTime();
        ThreadTimes serverBefore = server.threadTimes();
        ThreadTimes clientBefore = ThreadTimes.of(client.pid());
        sleep(length);
        ThreadTimes serverAfter = server.threadTimes();
        ThreadTimes clientAfter = ThreadTimes.of(client.pid());
        double seconds = (System.nanoTime() - start) / 1e9;
        Delays sent = isSightline(server) ? Delays.of(server.told("/api/webrtc")) : Delays.NONE;
        return new Sample(
                end(),
                sent,
                serverAfter.secondsSince(serverBefore) / seconds,
                serverAfter.secondsSince(serverBefore, server.eventLoops()) / seconds,
                clientAfter.secondsSince(clientBefore) / seconds);
    }

    private static boolean isSightline(Server server) {
        return server.eventLoops().equals(MEDIA_THREAD);
    }

    @Override
    public void close() {
        client.close();
    }
}
