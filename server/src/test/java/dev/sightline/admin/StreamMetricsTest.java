package dev.sightline.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.metrics.DurationHistogram;
import dev.sightline.metrics.HistogramSnapshot;
import dev.sightline.metrics.Metrics;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.pipeline.StepState;
import dev.sightline.stream.status.Durations;
import dev.sightline.stream.status.LatencyStatus;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.stream.status.StreamStatus.Dropped;
import dev.sightline.stream.status.StreamStatus.RenditionStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StreamMetricsTest {
    private static final String LINE =
            "([a-z_]+(?:\\{[a-z]+=\"[^\"]*\"(?:,[a-z]+=\"[^\"]*\")*})?) ([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)";

    @Test
    void read_twoStreams_everyFigureHasALineOfItsOwn() {
        Map<String, Double> figures = parse(page(status("cam", StreamState.LIVE), status("door", StreamState.OFFLINE)));

        assertThat(figures)
                .containsEntry("sightline_stream_frames_total{stream=\"cam\"}", 900.0)
                .containsEntry("sightline_stream_frames_per_second{stream=\"door\"}", 29.5)
                .containsEntry("sightline_stream_dropped_frames_total{place=\"pipeline\",stream=\"cam\"}", 1.0)
                .containsEntry("sightline_stream_dropped_frames_total{place=\"encoders\",stream=\"cam\"}", 2.0)
                .containsEntry("sightline_stream_dropped_frames_total{place=\"viewers\",stream=\"cam\"}", 3.0)
                .containsEntry("sightline_stream_dropped_frames_total{place=\"broken\",stream=\"cam\"}", 4.0)
                .containsEntry("sightline_stream_state{state=\"LIVE\",stream=\"cam\"}", 1.0)
                .containsEntry("sightline_stream_state{state=\"LIVE\",stream=\"door\"}", 0.0)
                .containsEntry("sightline_stream_state{state=\"OFFLINE\",stream=\"door\"}", 1.0)
                .containsEntry("sightline_stream_latency_seconds_count{stream=\"cam\"}", 4.0)
                .containsEntry("sightline_stream_latency_seconds_sum{stream=\"door\"}", 0.016)
                .containsEntry("sightline_stream_stage_seconds_count{stage=\"source\",stream=\"cam\"}", 2.0)
                .containsEntry("sightline_stream_stage_seconds_count{stage=\"pipeline\",stream=\"cam\"}", 2.0)
                .containsEntry("sightline_stream_stage_seconds_count{stage=\"encode\",stream=\"cam\"}", 2.0)
                .containsEntry("sightline_stream_stage_seconds_count{stage=\"network\",stream=\"cam\"}", 6.0)
                .containsEntry("sightline_stream_stage_seconds_count{stage=\"display\",stream=\"cam\"}", 2.0)
                .containsEntry("sightline_stream_viewers{stream=\"cam\"}", 5.0)
                .containsEntry("sightline_stream_source_retries_total{stream=\"cam\"}", 6.0)
                .containsEntry(
                        "sightline_rendition_encode_seconds_count{rendition=\"mjpeg 640 q80\",stream=\"cam\"}", 2.0)
                .containsEntry(
                        "sightline_rendition_encode_seconds_sum{rendition=\"mjpeg 640 q80\",stream=\"cam\"}", 0.008);
    }

    @Test
    void read_sameProcessorTwice_isToldApartByItsStep() {
        Map<String, Double> figures = parse(page(status("cam", StreamState.LIVE)));

        assertThat(figures)
                .containsEntry("sightline_processor_frames_total{processor=\"faces\",step=\"1\",stream=\"cam\"}", 10.0)
                .containsEntry("sightline_processor_frames_total{processor=\"faces\",step=\"2\",stream=\"cam\"}", 20.0)
                .containsEntry(
                        "sightline_processor_state{processor=\"faces\",state=\"OFF\",step=\"2\",stream=\"cam\"}", 1.0)
                .containsEntry(
                        "sightline_processor_state{processor=\"faces\",state=\"OFF\",step=\"1\",stream=\"cam\"}", 0.0)
                .containsEntry(
                        "sightline_processor_time_seconds_count{processor=\"faces\",step=\"1\",stream=\"cam\"}", 2.0);
    }

    @Test
    void read_names_followPrometheus() {
        String page = page(status("cam", StreamState.LIVE));

        for (String line : page.split("\n")) {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ");
                assertThat(words[2].endsWith("_total")).as(line).isEqualTo(words[3].equals("counter"));
                assertThat(page).contains("# HELP " + words[2] + " ");
            }
        }
    }

    @Test
    void read_noStream_isAPageNevertheless() {
        assertThat(parse(page())).containsKey("process_uptime_seconds").containsKey("process_start_time_seconds");
    }

    @Test
    void read_openMetricsAskedFor_isOpenMetrics() {
        Metrics.Page page =
                metrics(status("cam", StreamState.LIVE)).read("application/openmetrics-text; version=1.0.0");

        assertThat(page.contentType()).startsWith("application/openmetrics-text");
        assertThat(new String(page.text(), StandardCharsets.UTF_8)).endsWith("# EOF\n");
    }

    private static String page(StreamStatus... statuses) {
        return new String(metrics(statuses).read("").text(), StandardCharsets.UTF_8);
    }

    private static Metrics metrics(StreamStatus... statuses) {
        Metrics metrics = new Metrics();
        metrics.add(() -> StreamMetrics.of(List.of(statuses), "1.2.3"));
        return metrics;
    }

    /** The figures by name and labels, as strictly as Prometheus reads them: no line twice, none it cannot read. */
    private static Map<String, Double> parse(String page) {
        var line = Pattern.compile(LINE);
        Map<String, Double> figures = new HashMap<>();
        page.lines().filter(each -> !each.startsWith("# ")).forEach(each -> {
            var match = line.matcher(each);
            assertThat(match.matches()).as(each).isTrue();
            assertThat(figures.put(match.group(1), Double.valueOf(match.group(2))))
                    .as(each)
                    .isNull();
        });
        return figures;
    }

    private static StreamStatus status(String name, StreamState state) {
        return new StreamStatus(
                name,
                new StreamStatus.Signal("pattern:", state, Optional.empty(), Instant.EPOCH, Optional.empty()),
                new StreamStatus.Pictures(640, 480, 29.5, 900, latency()),
                5,
                new Dropped(1, 2, 3, 4, 5),
                6,
                new StreamStatus.Processing(List.of(faces(10, false), faces(20, true)), List.of(), true),
                List.of(new RenditionStatus(
                        Rendition.jpeg(640, 80),
                        5,
                        900,
                        900,
                        3,
                        0,
                        20_000,
                        new StreamStatus.Encoding(Optional.of("libjpeg-turbo"), 2, times()))));
    }

    private static ProcessorStatus faces(long processed, boolean switchedOff) {
        return new ProcessorStatus(
                "faces",
                false,
                switchedOff ? StepState.OFF : StepState.OK,
                Optional.empty(),
                processed,
                0,
                1.5,
                times());
    }

    private static LatencyStatus latency() {
        Durations two = Durations.of(times());
        return new LatencyStatus(two.plus(two), two, two, two, two.plus(two).plus(two), two);
    }

    private static HistogramSnapshot times() {
        DurationHistogram histogram = new DurationHistogram();
        histogram.record(3_000_000);
        histogram.record(5_000_000);
        return histogram.snapshot();
    }
}
