package dev.sightline.stream.status;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sightline.codec.Rendition;
import dev.sightline.metrics.HistogramSnapshot;
import dev.sightline.pipeline.ProcessorStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What can be said of a live stream at one moment; immutable.
 *
 * @param name the stream's name
 * @param signal where its pictures come from, and whether they do
 * @param pictures what leaves the pipeline
 * @param viewers subscriptions at present
 * @param dropped pictures lost so far, by place
 * @param retries how often the source was opened again
 * @param processing what is done to every picture
 * @param renditions those being encoded at present
 */
public record StreamStatus(
        String name,
        @JsonUnwrapped Signal signal,
        @JsonUnwrapped Pictures pictures,
        int viewers,
        Dropped dropped,
        long retries,
        @JsonUnwrapped Processing processing,
        List<RenditionStatus> renditions) {

    /** Copies the list. */
    public StreamStatus {
        renditions = List.copyOf(renditions);
    }

    /** Where it stands. */
    public StreamState state() {
        return signal.state();
    }

    /** Why the stream is not live, for people; empty if there is nothing to report. */
    public Optional<String> reason() {
        return signal.reason();
    }

    /** Pictures that left the pipeline since the start. */
    public long frames() {
        return pictures.frames();
    }

    /**
     * Where the pictures come from, and whether they do.
     *
     * @param source the source's address, secrets masked
     * @param state where the stream stands
     * @param reason why it is not live, for people; empty where there is nothing to say
     * @param since when it came into this state
     * @param lastPicture when the last picture left the pipeline, if any did
     * @param worker the worker process that it runs in; empty for the server's own
     */
    public record Signal(
            String source,
            StreamState state,
            Optional<String> reason,
            Instant since,
            Optional<Instant> lastPicture,
            Optional<InWorker> worker) {
        /** Of a stream of the server's own process. */
        public Signal(
                String source,
                StreamState state,
                Optional<String> reason,
                Instant since,
                Optional<Instant> lastPicture) {
            this(source, state, reason, since, lastPicture, Optional.empty());
        }

        /** The same in a worker. */
        public Signal in(InWorker place) {
            return new Signal(source, state, reason, since, lastPicture, Optional.of(place));
        }
    }

    /**
     * The worker process of a stream.
     *
     * @param name its name
     * @param state whether the stream can run there
     */
    public record InWorker(String name, State state) {

        /** How a worker is for one of its streams. */
        public enum State {
            /** There is no process yet, or none again. */
            STARTING,
            /** Its process works. */
            UP,
            /** The stream is kept out for a while, since it ended the worker again and again. */
            QUARANTINED
        }
    }

    /**
     * The pictures as they leave the pipeline.
     *
     * @param width in pixels; 0 before the first
     * @param height of the same
     * @param fps pictures a second, over the last two seconds or the last interval where that is longer; 0 only while the
     *     stream is not live
     * @param frames how many since the start
     * @param latency how old they are when they are on screens
     */
    public record Pictures(int width, int height, double fps, long frames, LatencyStatus latency) {
        /** Of which no latency is known. */
        public Pictures(int width, int height, double fps, long frames) {
            this(width, height, fps, frames, LatencyStatus.NONE);
        }
    }

    /**
     * What is done to every picture.
     *
     * @param processors the pipeline's steps, in order
     * @param clientProcessors what a sender may choose from, by name
     * @param changesPicture whether a step may change pictures; if none does, nothing can be drawn into them
     * @param inputs what processors take from viewers, by name
     * @param droppedInputs of these, how many came too fast, or waited for a picture in vain
     */
    public record Processing(
            List<ProcessorStatus> processors,
            List<String> clientProcessors,
            boolean changesPicture,
            List<String> inputs,
            long droppedInputs) {
        /** Copies the lists. */
        public Processing {
            processors = List.copyOf(processors);
            clientProcessors = List.copyOf(clientProcessors);
            inputs = List.copyOf(inputs);
        }

        /** Without inputs from viewers. */
        public Processing(List<ProcessorStatus> processors, List<String> clientProcessors, boolean changesPicture) {
            this(processors, clientProcessors, changesPicture, List.of(), 0);
        }
    }

    /**
     * Pictures lost on the way.
     *
     * @param pipeline came while the pipeline was still busy
     * @param encoders skipped by an encoder that was still busy
     * @param viewers missed by viewers who could not keep up
     * @param broken came damaged or could not be decoded
     * @param withheld must not be seen, since a required processor had not worked on them
     */
    public record Dropped(long pipeline, long encoders, long viewers, long broken, long withheld) {}

    /**
     * One rendition that is watched.
     *
     * @param rendition in JSON its {@code name}, {@code mjpeg source q80}
     * @param viewers who watch it
     * @param frames delivered so far
     * @param encodes how often the encoder ran for them; stays behind where the source's pictures are passed through
     * @param skipped pictures that came while the encoder was still busy
     * @param keyframes forced ones among those delivered, because somebody joined or lost something
     * @param bytes size of the last picture
     * @param encoding how it is encoded
     */
    public record RenditionStatus(
            @JsonProperty("name") Rendition rendition,
            int viewers,
            long frames,
            long encodes,
            long skipped,
            long keyframes,
            int bytes,
            @JsonUnwrapped Encoding encoding) {}

    /**
     * How a rendition is encoded.
     *
     * @param encoder what encoded it, by its makers' name; empty where the source's pictures are passed through
     * @param millis time to encode one picture, a moving mean; 0 where the source's pictures are passed through
     * @param times the encoder's times for all pictures
     */
    public record Encoding(Optional<String> encoder, double millis, HistogramSnapshot times) {}
}
