package dev.sightline.bench.fanout;

import dev.sightline.bench.load.Measured;

/**
 * One server under one load, for a while.
 *
 * @param seen what the viewers saw
 * @param cores processor time the server used, over the time that passed
 * @param clientCores the same of the load client
 * @param residentMegabytes the server's memory at the end
 */
record Sample(Measured seen, double cores, double clientCores, double residentMegabytes) {

    /** Processor time in microseconds for each picture delivered beyond those of a smaller load. */
    double marginalMicros(Sample smaller) {
        return (cores - smaller.cores) / (seen.framesPerSecond() - smaller.seen.framesPerSecond()) * 1e6;
    }
}
