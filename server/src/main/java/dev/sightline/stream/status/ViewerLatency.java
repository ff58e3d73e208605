package dev.sightline.stream.status;

import java.time.Instant;

/**
 * What a viewer reported of the frames on its screen. The histograms are of all frames so far, the percentiles of the 10 s before its
 * last report.
 *
 * @param reported when it reported last
 * @param uncertainty how far its clock may have been wrong by then, in milliseconds
 * @param total from capture to the screen
 * @param network from the server's encoder, or from its pipeline, until the frame was there
 * @param display from then until it was on the screen, decoding included
 */
public record ViewerLatency(
        Instant reported, double uncertainty, Durations total, Durations network, Durations display) {}
