package dev.sightline.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program that floods a server, from its start on until its input ends. Its arguments are the server's address, its own,
 * and the names of floods, all at once. Any line on its input is answered with {@link Flooded} as JSON.
 */
public final class FloodClient {
    /** Whoever was sent away is back so soon. */
    private static final long BACK_MILLIS = 10;

    private FloodClient() {}

    /** Takes the server's address, the floods' own (one of 127.0.0.0/8), and their names. */
    public static void main(String[] arguments) throws IOException {
        FloodTally tally = new FloodTally();
        FloodTarget target = new FloodTarget(URI.create(arguments[0]), new InetSocketAddress(arguments[1], 0), tally);
        Arrays.stream(arguments).skip(2).map(Flood::valueOf).forEach(flood -> start(flood, target));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(new JsonMapper().writeValueAsString(tally.read()));
        }
    }

    private static void start(Flood flood, FloodTarget target) {
        for (int i = 0; i < Flood.CLIENTS * flood.threads(); i++) {
            Thread thread = new Thread(() -> run(flood, target), flood.name());
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void run(Flood flood, FloodTarget target) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    flood.attack(target);
                } catch (IOException e) {
                    target.tally().closed();
                }
                Thread.sleep(BACK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
