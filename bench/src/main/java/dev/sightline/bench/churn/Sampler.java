package dev.sightline.bench.churn;

import dev.sightline.bench.ProcessFacts;
import dev.sightline.bench.Scrape;
import dev.sightline.bench.Server;
import dev.sightline.bench.load.LastingViewer;
import dev.sightline.bench.load.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Takes samples of a server, which one viewer watches all the time. Used by one thread. */
final class Sampler implements AutoCloseable {
    private static final double BYTES_PER_MB = 1024 * 1024;

    private final Server server;
    private final Path collections;
    private final LastingViewer viewer;
    private double cpuSeconds;
    private long cpuNanos = System.nanoTime();

    /**
     * Begins to watch.
     *
     * @param collections where the JVM of the server notes them
     */
    Sampler(Server server, Path collections) throws IOException {
        this.server = server;
        this.collections = collections;
        this.viewer = new LastingViewer(server.stream().resolve("/live/bench/mjpeg"));
        this.cpuSeconds = Scrape.of(server.stream()).sum("process_cpu_seconds_total");
    }

    /** How it is now, and how it was on the way since the last time. */
    Sample next(double minutes) {
        Scrape scrape = Scrape.of(server.stream());
        long pid = server.process().pid();
        Map<Column, Double> values = new EnumMap<>(Column.class);
        values.put(Column.RESIDENT, server.residentMegabytes());
        values.put(Column.HEAP_LIVE, Collections.megabytesAfterTheLast(collections));
        values.put(Column.HEAP_COMMITTED, scrape.sum("jvm_memory_committed_bytes{area=\"heap\"") / BYTES_PER_MB);
        values.put(Column.WORKERS, ProcessFacts.childrenMegabytes(pid));
        values.put(Column.THREADS, (double) ProcessFacts.threads(pid));
        values.put(Column.FILES, (double) ProcessFacts.openFiles(pid));
        values.put(Column.PROCESSES, 1.0 + ProcessFacts.children(pid));
        Measured seen = viewer.seen();
        values.put(Column.AGE_P50, seen.frames() == 0 ? Double.NaN : seen.age().p50());
        values.put(Column.AGE_P99, seen.frames() == 0 ? Double.NaN : seen.age().p99());
        values.put(Column.CPU, cores(scrape));
        values.put(Column.TURN, scrape.max("sightline_event_loop_longest_turn_seconds") * 1e3);
        values.put(Column.VIEWERS, scrape.sum("sightline_stream_viewers"));
        values.put(
                Column.SESSIONS, scrape.sum("sightline_webrtc_sessions") + scrape.sum("sightline_socketio_sessions"));
        return new Sample(minutes, values);
    }

    private double cores(Scrape scrape) {
        double seconds = scrape.sum("process_cpu_seconds_total");
        long nanos = System.nanoTime();
        double cores = (seconds - cpuSeconds) / ((nanos - cpuNanos) / 1e9);
        cpuSeconds = seconds;
        cpuNanos = nanos;
        return cores;
    }

    @Override
    public void close() {
        viewer.close();
    }
}
