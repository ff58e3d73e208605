package dev.sightline.bench.roundtrip;

import dev.sightline.bench.load.RoundTrips;

/**
 * One server under one load, for a while.
 *
 * @param seen what the senders saw
 * @param cpuSeconds processor time the server used
 * @param clientCores processor time the load client used, over the time that passed
 * @param residentMegabytes the server's memory at the end
 */
record Sample(RoundTrips seen, double cpuSeconds, double clientCores, double residentMegabytes) {

    /** The server's processor time for each picture answered, in microseconds. */
    double cpuMicros() {
        return cpuSeconds / seen.answered() * 1e6;
    }
}
