package dev.sightline.bench.churn;

import dev.sightline.bench.ProcessFacts;
import dev.sightline.bench.Server;

/**
 * A server at one moment; what it does not tell is NaN.
 *
 * @param minutes since the first viewer could come
 * @param memory that it has taken
 * @param threads those of native libraries included
 * @param files open descriptors
 * @param turn the longest of any event loop in the last minute or two, in milliseconds
 * @param viewers of all streams
 * @param sessions of WebRTC and Socket.IO
 */
record Sample(
        double minutes, Memory memory, double threads, double files, double turn, double viewers, double sessions) {
    private static final double BYTES_PER_MB = 1024 * 1024;

    /**
     * Memory in MB.
     *
     * @param resident of the process
     * @param heapUsed by Java, garbage included
     * @param heapCommitted what Java has taken for its heap
     */
    record Memory(double resident, double heapUsed, double heapCommitted) {}

    static Sample of(Server server, double minutes) {
        Scrape scrape = Scrape.of(server.stream());
        long pid = server.process().pid();
        return new Sample(
                minutes,
                new Memory(
                        server.residentMegabytes(),
                        scrape.sum("jvm_memory_used_bytes{area=\"heap\"") / BYTES_PER_MB,
                        scrape.sum("jvm_memory_committed_bytes{area=\"heap\"") / BYTES_PER_MB),
                ProcessFacts.threads(pid),
                ProcessFacts.openFiles(pid),
                scrape.max("sightline_event_loop_longest_turn_seconds") * 1e3,
                scrape.sum("sightline_stream_viewers"),
                scrape.sum("sightline_webrtc_sessions") + scrape.sum("sightline_socketio_sessions"));
    }
}
