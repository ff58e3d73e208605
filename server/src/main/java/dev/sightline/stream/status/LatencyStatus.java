package dev.sightline.stream.status;

/**
 * How old the frames of a stream are when they are on screens, and where that comes from: histograms since the start. Percentiles
 * are estimated from them.
 *
 * @param total from capture to the screen, as viewers reported it
 * @param source from capture until the pipeline took the frame
 * @param pipeline from then until it left the pipeline, decoding included
 * @param encode in an encoder, one for each frame of each rendition
 * @param network from then until it reached a viewer, waiting included, as viewers reported it
 * @param display from then until it was on the screen, decoding included, as viewers reported it
 */
public record LatencyStatus(
        Durations total, Durations source, Durations pipeline, Durations encode, Durations network, Durations display) {
    /** Of no frame. */
    public static final LatencyStatus NONE = new LatencyStatus(
            Durations.NONE, Durations.NONE, Durations.NONE, Durations.NONE, Durations.NONE, Durations.NONE);

    /** The sum of this and another. */
    public LatencyStatus plus(LatencyStatus other) {
        return new LatencyStatus(
                sum(total, other.total),
                sum(source, other.source),
                sum(pipeline, other.pipeline),
                sum(encode, other.encode),
                sum(network, other.network),
                sum(display, other.display));
    }

    private static Durations sum(Durations one, Durations other) {
        return Durations.of(one.histogram().plus(other.histogram()));
    }
}
