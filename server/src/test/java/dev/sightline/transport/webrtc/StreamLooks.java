package dev.sightline.transport.webrtc;

import dev.sightline.codec.Rendition;
import dev.sightline.metrics.HistogramSnapshot;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.stream.status.StreamStatus.Dropped;
import dev.sightline.stream.status.StreamStatus.RenditionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What streams say of themselves, for tests. */
final class StreamLooks {
    private StreamLooks() {}

    /** One that is live since the beginning of time. */
    static StreamStatus live(int width, int height, double fps, long frames, RenditionStatus... renditions) {
        return status(StreamState.LIVE, Instant.EPOCH, width, height, fps, frames, renditions);
    }

    /** One that is live since an instant, in nanoseconds since the beginning of time. */
    static StreamStatus liveSince(long nanos, int width, int height, double fps) {
        return status(StreamState.LIVE, Instant.EPOCH.plusNanos(nanos), width, height, fps, 2);
    }

    static StreamStatus starting() {
        return status(StreamState.STARTING, Instant.EPOCH, 0, 0, 0, 0);
    }

    static RenditionStatus rendition(Rendition rendition, long skipped) {
        return new RenditionStatus(
                rendition,
                1,
                0,
                0,
                skipped,
                0,
                0,
                new StreamStatus.Encoding(Optional.empty(), 0, HistogramSnapshot.EMPTY));
    }

    private static StreamStatus status(
            StreamState state,
            Instant since,
            int width,
            int height,
            double fps,
            long frames,
            RenditionStatus... renditions) {
        return new StreamStatus(
                "cam",
                new StreamStatus.Signal("scripted:", state, Optional.empty(), since, Optional.empty()),
                new StreamStatus.Pictures(width, height, fps, frames),
                1,
                new Dropped(0, 0, 0, 0, 0),
                0,
                new StreamStatus.Processing(List.of(), List.of(), false),
                List.of(renditions));
    }
}
