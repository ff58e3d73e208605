package dev.sightline.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How others fared while somebody guessed.
 *
 * @param logins how long those of another user at another address took, in milliseconds, in their order; infinite if refused
 * @param guessed the same of the user whose password was guessed, at that other address
 * @param kept the pictures of a viewer with a login at the guesser's own address
 * @param lost whether that viewer lost its connection, or its login was refused anything
 */
public record Bystanders(List<Double> logins, List<Double> guessed, long kept, boolean lost) {
    /** Another user. */
    private static final String FRIEND = "friend";

    private static final String PASSWORD = "a password that nobody guesses";
    private static final List<String> USERS = List.of(Door.USER, FRIEND);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Users are made, and one logs in at the guesser's address; its cookie. */
    public static String prepare(URI root, String guesser) throws IOException {
        Administrator administrator = new Administrator(root);
        for (String user : USERS) {
            administrator.addUser(user, PASSWORD);
        }
        return cookie(root, FRIEND, guesser);
    }

    /**
     * Watches for so long.
     *
     * @param cookie of the login at the guesser's address
     */
    public static Bystanders during(Duration length, URI root, String guesser, String other, String cookie)
            throws IOException {
        List<Double> logins = new ArrayList<>();
        List<Double> guessed = new ArrayList<>();
        boolean refused = false;
        URI mine = Credential.in(root, cookie);
        InetSocketAddress from = new InetSocketAddress(guesser, 0);
        try (LastingViewer viewer = new LastingViewer(mine.resolve("/live/bench/mjpeg"), from)) {
            long start = System.nanoTime();
            for (long at = 0; at < length.toNanos(); at += EVERY_NANOS) {
                LockSupport.parkNanos(start + at - System.nanoTime());
                logins.add(timed(root, FRIEND, other));
                guessed.add(timed(root, Door.USER, other));
                try (BlockingClient client = new BlockingClient(mine, from, PATIENCE)) {
                    refused |= !client.get("/api/streams").isOk();
                }
            }
            LockSupport.parkNanos(start + length.toNanos() - System.nanoTime());
            Measured seen = viewer.seen();
            return new Bystanders(logins, guessed, seen.frames(), refused || seen.lost() > 0);
        }
    }

    private static double timed(URI root, String user, String from) {
        long start = System.nanoTime();
        try {
            cookie(root, user, from);
            return (System.nanoTime() - start) / 1e6;
        } catch (IOException e) {
            return Double.POSITIVE_INFINITY;
        }
    }

    /** Logs in. */
    private static String cookie(URI root, String user, String from) throws IOException {
        URI nobody = URI.create("http://" + root.getHost() + ":" + root.getPort() + "/");
        try (BlockingClient client = new BlockingClient(nobody, new InetSocketAddress(from, 0), PATIENCE)) {
            String body = "{\"user\":\"" + user + "\",\"password\":\"" + PASSWORD + "\"}";
            return client.cookie("/api/login", body.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
