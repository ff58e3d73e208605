package dev.sightline.stream;

import dev.sightline.stream.status.Durations;
import dev.sightline.stream.status.ViewerLatency;
import java.time.Instant;

/**
 * What viewers measured of frames on their screens.
 *
 * @param uncertainty how far the clock may be wrong, in milliseconds
 * @param total from capture to the screen
 * @param network from the server's encoder or pipeline until the frame was there
 * @param display from then until it was on the screen
 */
record LatencyReport(double uncertainty, Durations total, Durations network, Durations display) {
    /** Of no frame. */
    static final LatencyReport NONE = new LatencyReport(0, Durations.NONE, Durations.NONE, Durations.NONE);

    /** This and a newer one. */
    LatencyReport plus(LatencyReport newer) {
        return new LatencyReport(
                newer.uncertainty, total.plus(newer.total), network.plus(newer.network), display.plus(newer.display));
    }

    /** The most frames that any of its parts is of. */
    long frames() {
        return Math.max(total.count(), Math.max(network.count(), display.count()));
    }

    /** The same for people. */
    ViewerLatency status(Instant reported) {
        return new ViewerLatency(reported, uncertainty, total, network, display);
    }
}
