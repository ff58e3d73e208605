package dev.sightline;

import dev.sightline.stream.status.StreamStatus;
import java.time.Instant;
import java.util.Optional;

/** How a stream is doing at one moment; immutable. */
public final class StreamInfo {
    private final StreamStatus status;

    StreamInfo(StreamStatus status) {
        this.status = status;
    }

    /** The stream's name. */
    public String name() {
        return status.name();
    }

    /** The source's address, secrets masked. */
    public String source() {
        return status.source();
    }

    /** Where it stands. */
    public StreamState state() {
        return StreamState.valueOf(status.state().name());
    }

    /** Why it is not live, for people; empty where there is nothing to say. */
    public Optional<String> reason() {
        return status.reason();
    }

    /** When it came into this state. */
    public Instant since() {
        return status.since();
    }

    /** The width of the frames as they leave the pipeline, in pixels; 0 before the first. */
    public int width() {
        return status.width();
    }

    /** The height of the same. */
    public int height() {
        return status.height();
    }

    /** Frames a second that left the pipeline of late; 0 only while the stream is not live. */
    public double fps() {
        return status.fps();
    }

    /** Frames that left the pipeline since the start. */
    public long frames() {
        return status.frames();
    }

    /** Viewers at present. */
    public int viewers() {
        return status.viewers();
    }

    /** Frames lost so far, by place. */
    public Dropped dropped() {
        StreamStatus.Dropped lost = status.dropped();
        return new Dropped(lost.pipeline(), lost.encoders(), lost.viewers(), lost.broken(), lost.withheld());
    }

    /** How often the source was opened again. */
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
     * @param pipeline came while the pipeline was still busy
     * @param encoders skipped by an encoder that was still busy
     * @param viewers missed by viewers who could not keep up
     * @param broken came damaged or could not be decoded
     * @param withheld must not be seen, since a required processor had not worked on them
     */
    public record Dropped(long pipeline, long encoders, long viewers, long broken, long withheld) {}
}
