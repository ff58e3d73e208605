package dev.sightline.admin;

import dev.sightline.metrics.Family;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.pipeline.StepState;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.LatencyStatus;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.stream.status.StreamStatus.RenditionStatus;
import java.util.List;

/** The metrics of all streams, taken from their status. */
final class StreamMetrics {
    private final StreamRegistry streams;
    private final String version;

    StreamMetrics(StreamRegistry streams, String version) {
        this.streams = streams;
        this.version = version;
    }

    List<Family> read() {
        return of(streams.statuses(), version);
    }

    static List<Family> of(List<StreamStatus> statuses, String version) {
        Families families = new Families();
        families.build.add(1, "version", version);
        statuses.forEach(families::add);
        return families.all();
    }

    /** All families, filled stream by stream. */
    private static final class Families {
        final Family build = Family.gauge("sightline_build_info", "Which version this is; always 1.");
        final Family state =
                Family.gauge("sightline_stream_state", "1 for the state the stream is in, 0 for the others.");
        final Family frames = Family.counter("sightline_stream_frames", "Frames that left the pipeline.");
        final Family rate = Family.gauge("sightline_stream_frames_per_second", "Frames per second, over the last two.");
        final Family dropped = Family.counter(
                "sightline_stream_dropped_frames",
                "Frames lost: to a busy pipeline, to busy encoders, to slow viewers, because they were broken, or withheld.");
        final Family inputs = Family.counter(
                "sightline_stream_dropped_inputs",
                "Inputs of viewers that came too fast for the processors, or waited for a frame in vain.");
        final Family viewers = Family.gauge("sightline_stream_viewers", "Viewers now.");
        final Family retries =
                Family.counter("sightline_stream_source_retries", "How often the source was opened again.");
        final Family width = Family.gauge("sightline_stream_width_pixels", "Width of the frames; 0 before the first.");
        final Family height =
                Family.gauge("sightline_stream_height_pixels", "Height of the frames; 0 before the first.");
        final Family stages = Family.histogram(
                "sightline_stream_stage_seconds",
                "A frame's time in each stage; network and display as viewers report it.");
        final Family latency = Family.histogram(
                "sightline_stream_latency_seconds", "From capture to the screen, as viewers report it.");
        final Family processed = Family.counter("sightline_processor_frames", "Frames a processor worked on.");
        final Family failures = Family.counter("sightline_processor_failures", "Frames at which a processor failed.");
        final Family time = Family.histogram("sightline_processor_time_seconds", "A processor's times per frame.");
        final Family steps =
                Family.gauge("sightline_processor_state", "1 for the state a processor is in, 0 for the others.");
        final Family encoded = Family.counter("sightline_rendition_frames", "Frames delivered in a rendition.");
        final Family encodes = Family.counter("sightline_rendition_encodes", "How often a rendition's encoder ran.");
        final Family keyframes = Family.counter(
                "sightline_rendition_forced_keyframes", "Keyframes forced because a viewer joined or lost something.");
        final Family watched = Family.gauge("sightline_rendition_viewers", "Viewers of a rendition now.");
        final Family encodeTime =
                Family.histogram("sightline_rendition_encode_seconds", "An encoder's times per frame.");
        final Family size = Family.gauge("sightline_rendition_frame_bytes", "Size of a rendition's last frame.");

        List<Family> all() {
            return List.of(
                    build,
                    state,
                    frames,
                    rate,
                    dropped,
                    inputs,
                    viewers,
                    retries,
                    width,
                    height,
                    stages,
                    latency,
                    processed,
                    failures,
                    time,
                    steps,
                    encoded,
                    encodes,
                    keyframes,
                    watched,
                    encodeTime,
                    size);
        }

        void add(StreamStatus stream) {
            String name = stream.name();
            for (StreamState each : StreamState.values()) {
                state.add(each == stream.state() ? 1 : 0, "stream", name, "state", each.name());
            }
            frames.add(stream.frames(), "stream", name);
            rate.add(stream.pictures().fps(), "stream", name);
            addDropped(name, stream.dropped());
            inputs.add(stream.processing().droppedInputs(), "stream", name);
            viewers.add(stream.viewers(), "stream", name);
            retries.add(stream.retries(), "stream", name);
            width.add(stream.pictures().width(), "stream", name);
            height.add(stream.pictures().height(), "stream", name);
            addLatency(name, stream.pictures().latency());
            for (int i = 0; i < stream.processing().processors().size(); i++) {
                addProcessor(name, i + 1, stream.processing().processors().get(i));
            }
            stream.renditions().forEach(rendition -> addRendition(name, rendition));
        }

        private void addDropped(String name, StreamStatus.Dropped lost) {
            dropped.add(lost.pipeline(), "stream", name, "place", "pipeline");
            dropped.add(lost.encoders(), "stream", name, "place", "encoders");
            dropped.add(lost.viewers(), "stream", name, "place", "viewers");
            dropped.add(lost.broken(), "stream", name, "place", "broken");
            dropped.add(lost.withheld(), "stream", name, "place", "withheld");
        }

        private void addLatency(String name, LatencyStatus spent) {
            stages.add(spent.source().histogram(), "stream", name, "stage", "source");
            stages.add(spent.pipeline().histogram(), "stream", name, "stage", "pipeline");
            stages.add(spent.encode().histogram(), "stream", name, "stage", "encode");
            stages.add(spent.network().histogram(), "stream", name, "stage", "network");
            stages.add(spent.display().histogram(), "stream", name, "stage", "display");
            latency.add(spent.total().histogram(), "stream", name);
        }

        /** A pipeline may contain a processor twice: the step's number distinguishes them. */
        private void addProcessor(String name, int step, ProcessorStatus processor) {
            String[] labels = {"stream", name, "step", Integer.toString(step), "processor", processor.name()};
            processed.add(processor.processed(), labels);
            failures.add(processor.failures(), labels);
            time.add(processor.times(), labels);
            for (StepState each : StepState.values()) {
                steps.add(
                        each == processor.state() ? 1 : 0,
                        "stream",
                        name,
                        "step",
                        Integer.toString(step),
                        "processor",
                        processor.name(),
                        "state",
                        each.name());
            }
        }

        private void addRendition(String name, RenditionStatus rendition) {
            String[] labels = {
                "stream", name, "rendition", rendition.rendition().describe()
            };
            encoded.add(rendition.frames(), labels);
            encodes.add(rendition.encodes(), labels);
            keyframes.add(rendition.keyframes(), labels);
            watched.add(rendition.viewers(), labels);
            encodeTime.add(rendition.encoding().times(), labels);
            size.add(rendition.bytes(), labels);
        }
    }
}
