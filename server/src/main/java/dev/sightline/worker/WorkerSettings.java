package dev.sightline.worker;

import java.time.Duration;

/**
 * The limits of each worker process.
 *
 * @param memoryBytes resident memory, Java's and native, above which it is killed
 * @param heapBytes Java heap, above which it ends itself
 * @param silence how long it may leave the server's heartbeat unanswered
 * @param hang how long one frame of a stream may take in one step
 */
public record WorkerSettings(long memoryBytes, long heapBytes, Duration silence, Duration hang) {
    /** 1 GiB, of which 256 MiB heap; killed after 1 s of silence, or 10 s on one frame. */
    public static final WorkerSettings DEFAULTS =
            new WorkerSettings(1L << 30, 256L << 20, Duration.ofSeconds(1), Duration.ofSeconds(10));
}
