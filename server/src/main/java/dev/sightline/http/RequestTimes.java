package dev.sightline.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * How long the requests of this program's servers took: from the request's last byte until its answer was handed to the
 * connection, or of one that was refused before, from its head's end. Of an answer without an end (MJPEG, events, a WebSocket)
 * the head counts. Requests that {@linkplain Routes#waits wait on purpose} are left out. Safe for use by any thread.
 *
 * <p>They are told apart by the route's path as it is written in the source, so that no client makes more kinds than there are
 * routes: not by its own words, and no stream or user is named.
 */
public final class RequestTimes {
    /** What led to no route; never a path, since those begin with a slash. */
    static final String NO_ROUTE = "none";

    /** Any method that no route may have. */
    static final String OTHER_METHOD = "other";

    /** Upper bounds in seconds, those of Prometheus's own libraries and two below; longer times have their own bucket. */
    private static final double[] BOUNDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Map<Kind, Times> TIMES = new ConcurrentHashMap<>();

    private RequestTimes() {}

    /**
     * Counts a request.
     *
     * @param route where it led; empty if nowhere, or not far enough to know
     * @param status its answer's
     */
    static void record(Optional<PathPattern> route, String method, int status, long nanos) {
        Kind kind = new Kind(route, METHODS.contains(method) ? method : OTHER_METHOD, status / 100);
        Times times = TIMES.get(kind);
        (times == null ? TIMES.computeIfAbsent(kind, first -> new Times()) : times).add(nanos);
    }

    /** All kinds of requests that there were. */
    static List<Row> rows() {
        return TIMES.entrySet().stream()
                .map(entry -> entry.getValue().row(entry.getKey()))
                .toList();
    }

    /** The bounds in seconds. */
    public static double[] bounds() {
        return BOUNDS.clone();
    }

    private record Kind(Optional<PathPattern> route, String method, int hundreds) {}

    /**
     * How long those of one kind took.
     *
     * @param route its path with its {@code {name}}s, or {@code none}
     * @param method in capital letters, or {@code other}
     * @param statusClass of the answers: {@code 2xx}
     * @param counts for each bound those that took no longer, but longer than the bound before; the last is of those that took
     *     longer than all bounds
     * @param seconds the sum
     */
    public record Row(String route, String method, String statusClass, List<Long> counts, double seconds) {}

    private static final class Times {
        private final LongAdder[] counts =
                Stream.generate(LongAdder::new).limit(BOUNDS.length + 1L).toArray(LongAdder[]::new);
        private final LongAdder nanos = new LongAdder();

        void add(long took) {
            double seconds = took / (double) TimeUnit.SECONDS.toNanos(1);
            int bucket = 0;
            while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
                bucket++;
            }
            counts[bucket].increment();
            nanos.add(took);
        }

        Row row(Kind kind) {
            return new Row(
                    kind.route().map(PathPattern::path).orElse(NO_ROUTE),
                    kind.method(),
                    kind.hundreds() + "xx",
                    Stream.of(counts).map(LongAdder::sum).toList(),
                    nanos.sum() / (double) TimeUnit.SECONDS.toNanos(1));
        }
    }
}
