package dev.sightline.stream;

import dev.sightline.metrics.DurationHistogram;
import dev.sightline.metrics.HistogramSnapshot;
import dev.sightline.stream.status.Durations;
import dev.sightline.stream.status.LatencyStatus;

/** How long the frames of a stream were in the stages before its encoders. Written by the stream's thread, read by any. */
final class StageFigures {
    private final DurationHistogram source = new DurationHistogram();
    private final DurationHistogram pipeline = new DurationHistogram();

    /** A frame leaves the pipeline. A source's clock may be ahead of ours: that counts as no time. */
    void record(StageTimes times) {
        source.record(Math.max(0, times.sourceNanos()));
        pipeline.record(Math.max(0, times.pipelineNanos()));
    }

    /**
     * All stages.
     *
     * @param encode the encoders' times
     * @param viewers what viewers reported
     */
    LatencyStatus status(HistogramSnapshot encode, LatencyReport viewers) {
        return new LatencyStatus(
                Durations.of(viewers.total().histogram()),
                Durations.of(source.snapshot()),
                Durations.of(pipeline.snapshot()),
                Durations.of(encode),
                Durations.of(viewers.network().histogram()),
                Durations.of(viewers.display().histogram()));
    }
}
