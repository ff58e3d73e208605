package dev.sightline.bench.roundtrip;

import dev.sightline.bench.Child;
import dev.sightline.bench.Server;
import dev.sightline.bench.ThreadTimes;
import dev.sightline.bench.load.RoundTrips;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** The load client, from afar. */
final class SendControl implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long ANSWER_SECONDS = 60;

    private final Child client;
    private final int fps;

    SendControl(Child client, int fps) {
        this.client = client;
        this.fps = fps;
    }

    /** So many senders come, send for so long, and go. */
    Sample sample(Server server, int senders, Duration length) {
        ask("open " + senders + " " + server.stream(), 0);
        ThreadTimes serverBefore = server.threadTimes();
        ThreadTimes clientBefore = ThreadTimes.of(client.pid());
        String answer = ask("measure " + length.toMillis() + " " + fps, length.toSeconds());
        RoundTrips seen = JSON.readValue(answer, RoundTrips.class);
        double cpu = server.threadTimes().secondsSince(serverBefore);
        double clientCpu = ThreadTimes.of(client.pid()).secondsSince(clientBefore);
        double megabytes = server.residentMegabytes();
        ask("clear", 0);
        return new Sample(seen, cpu, clientCpu / seen.seconds(), megabytes);
    }

    private String ask(String line, long seconds) {
        return client.ask(line, seconds + ANSWER_SECONDS);
    }

    @Override
    public void close() {
        client.close();
    }
}
