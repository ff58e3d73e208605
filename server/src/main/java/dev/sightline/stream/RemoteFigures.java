package dev.sightline.stream;

import dev.sightline.stream.status.Durations;
import dev.sightline.stream.status.LatencyStatus;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.stream.wire.StatusMessage;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a stream in a worker: what the worker said last, added to the counts of those before it; immutable.
 *
 * @param said by the worker that runs; empty before its first words
 * @param frames that left the pipelines of former workers
 * @param dropped by these
 * @param retries of these
 */
record RemoteFigures(Optional<StatusMessage> said, long frames, StreamStatus.Dropped dropped, long retries) {
    static final RemoteFigures NONE =
            new RemoteFigures(Optional.empty(), 0, new StreamStatus.Dropped(0, 0, 0, 0, 0), 0);

    private static final StreamStatus.Processing NO_STEPS = new StreamStatus.Processing(List.of(), List.of(), false);

    /** After the worker's next words. */
    RemoteFigures saying(StatusMessage next) {
        return new RemoteFigures(Optional.of(next), frames, dropped, retries);
    }

    /** After the worker's death: only counts are left. */
    RemoteFigures over() {
        return new RemoteFigures(Optional.empty(), allFrames(), allDropped(), allRetries());
    }

    long allFrames() {
        return frames + said.map(now -> now.pictures().frames()).orElse(0L);
    }

    long allRetries() {
        return retries + said.map(StatusMessage::retries).orElse(0L);
    }

    /** What does not reach the server counts among what encoders lose. */
    StreamStatus.Dropped allDropped() {
        return said.map(StatusMessage::dropped)
                .map(now -> new StreamStatus.Dropped(
                        dropped.pipeline() + now.pipeline(),
                        dropped.encoders() + now.encoders() + now.viewers(),
                        0,
                        dropped.broken() + now.broken(),
                        dropped.withheld() + now.withheld()))
                .orElse(dropped);
    }

    /** What leaves the pipeline, with what viewers reported. */
    StreamStatus.Pictures pictures(LatencyReport viewers) {
        LatencyStatus stages = said.map(now -> now.stages().latency()).orElse(LatencyStatus.NONE);
        LatencyStatus latency = new LatencyStatus(
                Durations.of(viewers.total().histogram()),
                stages.source(),
                stages.pipeline(),
                stages.encode(),
                Durations.of(viewers.network().histogram()),
                Durations.of(viewers.display().histogram()));
        return said.map(StatusMessage::pictures)
                .map(now -> new StreamStatus.Pictures(now.width(), now.height(), now.fps(), allFrames(), latency))
                .orElseGet(() -> new StreamStatus.Pictures(0, 0, 0, frames, latency));
    }

    /** What is done to every frame. */
    StreamStatus.Processing processing() {
        return said.map(now -> now.steps().processing()).orElse(NO_STEPS);
    }

    /** A rendition that is watched here. */
    StreamStatus.RenditionStatus status(RenditionTrack track) {
        int viewers = track.fanout().viewers();
        return said.stream()
                .flatMap(now -> now.renditions().stream())
                .map(each -> each.status(viewers))
                .filter(each -> each.rendition().equals(track.rendition()))
                .findFirst()
                .orElseGet(track::status);
    }
}
