package dev.sightline.bench.churn;

/** What is sampled. */
enum Column {
    /** Of the server's process. */
    RESIDENT("memory, MB", 0),
    /** Just after the last collection. */
    HEAP_LIVE("heap after GC, MB", 1),
    /** What Java has taken for its heap. */
    HEAP_COMMITTED("heap committed, MB", 1),
    /** Of the worker and its spare. */
    WORKERS("workers' memory, MB", 0),
    /** Those of native libraries included. */
    THREADS("threads", 0),
    /** Open files and connections. */
    FILES("descriptors", 0),
    /** The server's, and all it has started. */
    PROCESSES("processes", 0),
    /** At the viewer who stays. */
    AGE_P50("age p50, ms", 1),
    /** At the viewer who stays. */
    AGE_P99("age p99, ms", 1),
    /** The server's process, in cores. */
    CPU("CPU, cores", 3),
    /** The longest of any event loop in the last minute or two. */
    TURN("longest turn, ms", 1),
    /** Of all streams. */
    VIEWERS("viewers", 0),
    /** Of WebRTC and Socket.IO. */
    SESSIONS("sessions", 0);

    private final String title;
    private final int decimals;

    Column(String title, int decimals) {
        this.title = title;
        this.decimals = decimals;
    }

    /** For people, with its unit. */
    String title() {
        return title;
    }

    /** How many are worth printing. */
    int decimals() {
        return decimals;
    }
}
