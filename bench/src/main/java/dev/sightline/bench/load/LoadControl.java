package dev.sightline.bench.load;

import dev.sightline.bench.Child;
import dev.sightline.bench.ThreadTimes;
import java.net.URI;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** The load client, from afar. */
public final class LoadControl implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long ANSWER_SECONDS = 60;

    private final Child client;

    /** With the process of a {@link LoadClient}, which ends with this. */
    public LoadControl(Child client) {
        this.client = client;
    }

    /** More viewers of an address who read at once. */
    public void good(int count, URI address) {
        ask("good " + count + " " + address);
    }

    /** The same, who connect from an address of their own: one of 127.0.0.0/8. */
    public void good(int count, URI address, String from) {
        ask("good " + count + " " + address + " " + from);
    }

    /** A viewer who reads so fast and no faster. */
    public void slow(long bytesPerSecond, URI address) {
        ask("slow " + bytesPerSecond + " " + address);
    }

    /** A viewer who reads nothing after the first picture. */
    public void stopped(URI address) {
        ask("stopped " + address);
    }

    /** Sends all home. */
    public void clear() {
        ask("clear");
    }

    /** Waits for as long, and tells what the viewers saw meanwhile. */
    public Measured measure(Duration duration) {
        String answer = client.ask("measure " + duration.toMillis(), duration.toSeconds() + ANSWER_SECONDS);
        return JSON.readValue(answer, Measured.class);
    }

    /** Processor time that the load client has used so far. */
    public ThreadTimes threadTimes() {
        return ThreadTimes.of(client.pid());
    }

    private void ask(String line) {
        client.ask(line, ANSWER_SECONDS);
    }

    @Override
    public void close() {
        client.close();
    }
}
