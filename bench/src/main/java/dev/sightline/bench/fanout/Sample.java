package dev.sightline.bench.fanout;

import dev.sightline.bench.load.Measured;

/**
 * One server under one load, for a while.
 *
 * @param seen what the viewers saw
 * @param cores processor time the server used, over the time that passed
 * @param loopCores of it, its event loops
 * @param clientCores the same of the load client
 * @param residentMegabytes the server's memory at the end
 */
record Sample(Measured seen, double cores, double loopCores, double clientCores, double residentMegabytes) {

    /** Processor time in microseconds for each picture delivered beyond those of a smaller load. */
    double marginalMicros(Sample smaller) {
        return (cores - smaller.cores) / further(smaller) * 1e6;
    }

    /** The same of the event loops alone. */
    double marginalLoopMicros(Sample smaller) {
        return (loopCores - smaller.loopCores) / further(smaller) * 1e6;
    }

    private double further(Sample smaller) {
        return seen.framesPerSecond() - smaller.seen.framesPerSecond();
    }
}
