package dev.sightline.stream.wire;

import dev.sightline.h264.SequenceParameters;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.pipeline.StepState;
import dev.sightline.stream.status.Durations;
import dev.sightline.stream.status.LatencyStatus;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.worker.Message;
import java.util.List;
import java.util.Optional;

/**
 * What a worker says of a stream: when it changes, and at most some times a second. Viewers are not in it; they are the server's.
 *
 * @param signal where the stream stands
 * @param pictures what leaves the pipeline, without latencies
 * @param stages the times in the stages up to the encoders
 * @param dropped frames lost so far
 * @param retries how often the source was opened again
 * @param steps what is done to every frame
 * @param renditions those that are encoded
 * @param source what viewers must know of the source's frames
 */
public record StatusMessage(
        StreamStatus.Signal signal,
        Pictures pictures,
        Stages stages,
        StreamStatus.Dropped dropped,
        long retries,
        Steps steps,
        List<Track> renditions,
        Source source) {
    /** The kind of these messages. */
    public static final String KIND = "status";

    /** The same of a stream's whole status. */
    public static StatusMessage of(StreamStatus status, Source source) {
        StreamStatus.Pictures pictures = status.pictures();
        return new StatusMessage(
                status.signal(),
                new Pictures(pictures.width(), pictures.height(), pictures.fps(), pictures.frames()),
                Stages.of(pictures.latency()),
                status.dropped(),
                status.retries(),
                Steps.of(status.processing()),
                status.renditions().stream().map(Track::of).toList(),
                source);
    }

    /** Writes it. */
    public Message message(String stream) {
        return WireJson.message(KIND, new Named(stream, this));
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is no status
     */
    public static Named read(Message message) {
        Named named = WireJson.read(message, Named.class);
        named.status.stages.latency();
        named.status.steps.processing();
        named.status.renditions.forEach(track -> track.status(0));
        return named;
    }

    /** The status of the stream of that name. */
    public record Named(String stream, StatusMessage status) {}

    /** As {@link StreamStatus.Pictures}. */
    public record Pictures(int width, int height, double fps, long frames) {}

    /**
     * What viewers must know of the source's frames.
     *
     * @param pastSeq frames up to this one came from a source that is not the stream's any more
     * @param passthrough the parameters of its own H.264 while that passes through
     */
    public record Source(long pastSeq, Optional<SequenceParameters> passthrough) {}

    /** The times of frames in the stages before the server. */
    public record Stages(Times source, Times pipeline, Times encode) {
        static Stages of(LatencyStatus latency) {
            return new Stages(
                    Times.of(latency.source().histogram()),
                    Times.of(latency.pipeline().histogram()),
                    Times.of(latency.encode().histogram()));
        }

        /** The same, with what viewers reported still missing. */
        public LatencyStatus latency() {
            return new LatencyStatus(
                    Durations.NONE,
                    Durations.of(source.snapshot()),
                    Durations.of(pipeline.snapshot()),
                    Durations.of(encode.snapshot()),
                    Durations.NONE,
                    Durations.NONE);
        }
    }

    /** As {@link StreamStatus.Processing}. */
    public record Steps(
            List<Step> processors,
            List<String> clientProcessors,
            boolean changesPicture,
            List<String> inputs,
            long droppedInputs) {
        static Steps of(StreamStatus.Processing processing) {
            return new Steps(
                    processing.processors().stream().map(Step::of).toList(),
                    processing.clientProcessors(),
                    processing.changesPicture(),
                    processing.inputs(),
                    processing.droppedInputs());
        }

        /** The same for a status. */
        public StreamStatus.Processing processing() {
            return new StreamStatus.Processing(
                    processors.stream().map(Step::status).toList(),
                    clientProcessors,
                    changesPicture,
                    inputs,
                    droppedInputs);
        }
    }

    /** As {@link ProcessorStatus}. */
    public record Step(
            String name,
            boolean chosen,
            StepState state,
            Optional<String> reason,
            long processed,
            long failures,
            double millis,
            Times times) {
        static Step of(ProcessorStatus step) {
            return new Step(
                    step.name(),
                    step.chosen(),
                    step.state(),
                    step.reason(),
                    step.processed(),
                    step.failures(),
                    step.millis(),
                    Times.of(step.times()));
        }

        ProcessorStatus status() {
            return new ProcessorStatus(name, chosen, state, reason, processed, failures, millis, times.snapshot());
        }
    }

    /** As {@link StreamStatus.RenditionStatus}. */
    public record Track(
            String rendition, long frames, long encodes, long skipped, long keyframes, int bytes, Encoding encoding) {
        static Track of(StreamStatus.RenditionStatus track) {
            StreamStatus.Encoding encoding = track.encoding();
            return new Track(
                    RenditionText.of(track.rendition()),
                    track.frames(),
                    track.encodes(),
                    track.skipped(),
                    track.keyframes(),
                    track.bytes(),
                    new Encoding(encoding.encoder(), encoding.millis(), Times.of(encoding.times())));
        }

        /** The same with so many viewers. */
        public StreamStatus.RenditionStatus status(int viewers) {
            return new StreamStatus.RenditionStatus(
                    RenditionText.read(rendition),
                    viewers,
                    frames,
                    encodes,
                    skipped,
                    keyframes,
                    bytes,
                    new StreamStatus.Encoding(encoding.encoder, encoding.millis, encoding.times.snapshot()));
        }
    }

    /** As {@link StreamStatus.Encoding}. */
    public record Encoding(Optional<String> encoder, double millis, Times times) {}
}
