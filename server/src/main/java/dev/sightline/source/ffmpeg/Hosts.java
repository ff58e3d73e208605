package dev.sightline.source.ffmpeg;

import dev.sightline.source.SourceException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Resolves host names before FFmpeg does: its own resolution cannot be ended by a deadline or an interrupt, and does not
 * distinguish an unknown host from other failures.
 */
public final class Hosts {
    /** IPv6, or IPv4: needs no resolution. */
    private static final Pattern NUMBER = Pattern.compile(".*:.*|\\d{1,3}(\\.\\d{1,3}){3}");

    /** One resolution of a name at a time, however often it is asked for: a dead name server takes long for each. */
    private static final Map<String, CompletableFuture<Boolean>> RUNNING = new ConcurrentHashMap<>();

    private Hosts() {}

    /**
     * Makes sure that a host is known.
     *
     * @throws SourceException if it is not, or the answer does not come in time
     */
    public static void find(String host, Duration limit) throws SourceException, InterruptedException {
        if (NUMBER.matcher(host).matches()) {
            return;
        }
        try {
            if (!lookUp(host).get(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SourceException(
                        host + ": unknown host: is the name right, and is this computer in that network?");
            }
        } catch (TimeoutException | ExecutionException failure) {
            throw new SourceException(host + ": the name server does not answer: is the network up?", failure);
        }
    }

    private static CompletableFuture<Boolean> lookUp(String host) {
        return RUNNING.computeIfAbsent(host, name -> {
            CompletableFuture<Boolean> known = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                boolean found = isKnown(name);
                RUNNING.remove(name);
                known.complete(found);
            });
            thread.setName("look-up-" + name);
            thread.setDaemon(true);
            thread.start();
            return known;
        });
    }

    private static boolean isKnown(String host) {
        try {
            return InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException failure) {
            return false;
        }
    }
}
