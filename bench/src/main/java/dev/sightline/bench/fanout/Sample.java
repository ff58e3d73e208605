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

    double framesPerSecond() {
        return seen.framesPerSecond();
    }
}
