package dev.sightline;

import dev.sightline.stream.status.StreamStatus;
import java.time.Instant;
import java.util.Optional;

/** The status of a stream at one moment; immutable. */
public final class StreamInfo {
    private final StreamStatus status;

    StreamInfo(StreamStatus status) {
        this.status = status;
    }

    /** The stream's name. */
    public String name() {
        return status.name();
    }

    /** The source's address, with secrets masked. */
    public String source() {
        return status.signal().source();
    }

    /** The state of the stream. */
    public StreamState state() {
        return StreamState.valueOf(status.state().name());
    }

    /** Why the stream is not live, for people; empty if there is nothing to report. */
    public Optional<String> reason() {
        return status.reason();
    }

    /** When the stream entered this state. */
    public Instant since() {
        return status.signal().since();
    }

    /** The width of the frames that leave the pipeline, in pixels; 0 before the first. */
    public int width() {
        return status.pictures().width();
    }

    /** The height of the frames that leave the pipeline, in pixels; 0 before the first. */
    public int height() {
        return status.pictures().height();
    }

    /** The recent rate of frames that left the pipeline, per second; 0 only while the stream is not live. */
    public double fps() {
        return status.pictures().fps();
    }

    /** The number of frames that left the pipeline since the start. */
    public long frames() {
        return status.frames();
    }

    /** The number of viewers now. */
    public int viewers() {
        return status.viewers();
    }

    /** The number of frames lost so far, by place. */
    public Dropped dropped() {
        StreamStatus.Dropped lost = status.dropped();
        return new Dropped(lost.pipeline(), lost.encoders(), lost.viewers(), lost.broken(), lost.withheld());
    }

    /** How often the source was reopened. */
    public long retries() {
        return status.retries();
    }

    @Override
    public String toString() {
        return name() + " " + state();
    }

    /**
     * Frames lost on the way.
     *
     * @param pipeline arrived while the pipeline was busy
     * @param encoders skipped by an encoder that was busy
     * @param viewers missed by viewers that could not keep up
     * @param broken arrived damaged or could not be decoded
     * @param withheld not shown, because a required processor had not processed them
     */
    public record Dropped(long pipeline, long encoders, long viewers, long broken, long withheld) {}
}
