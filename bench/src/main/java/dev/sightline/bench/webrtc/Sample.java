package dev.sightline.bench.webrtc;

import dev.sightline.bench.load.PeersSeen;

/**
 * One server with so many viewers, for a while.
 *
 * @param seen what the viewers saw
 * @param sent what Sightline tells of its own sending
 * @param cores processor time the server used, over the time that passed
 * @param mediaCores of it, the thread that sends
 * @param clientCores the same of the load client
 */
record Sample(PeersSeen seen, Delays sent, double cores, double mediaCores, double clientCores) {

    /** What this sample used more than another, with fewer viewers, in cores. */
    double coresBeyond(Sample fewer) {
        return cores - fewer.cores;
    }

    /** The same for each packet more, in microseconds. */
    double microsPerPacket(Sample fewer) {
        return perPacket(coresBeyond(fewer), fewer);
    }

    /** The same of the thread that sends alone. */
    double sendingMicrosPerPacket(Sample fewer) {
        return perPacket(mediaCores - fewer.mediaCores, fewer);
    }

    /** Of the thread that sends, for each packet, in microseconds. */
    double sendingMicros() {
        return mediaCores / seen.packetsPerSecond() * 1e6;
    }

    private double perPacket(double more, Sample fewer) {
        return more / (seen.packetsPerSecond() - fewer.seen.packetsPerSecond()) * 1e6;
    }
}
