package dev.sightline.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.metrics.Metrics;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.stream.LatencyReports;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.fanout.Subscription;
import dev.sightline.stream.fanout.ViewerIdentity;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.PushSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewerMetricsTest {
    private static final String REPORT = """
            {"uncertainty": 0.4, "total": {"p50": 30, "p95": 30, "sum": 30, "counts": [0,0,0,0,0,0,1,0,0,0,0,0,0,0]}}""";

    private final StreamRegistry registry = new StreamRegistry();
    private final Metrics metrics = new Metrics();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    @BeforeEach
    void read() {
        metrics.add(new ViewerMetrics(registry)::read);
        metrics.add(new StreamMetrics(registry, "1.2.3")::read);
    }

    @AfterEach
    void close() {
        registry.close();
        executor.shutdown();
    }

    @Test
    void read_moreViewersThanMayHaveSeries_thoseWhoCameFirstHave_andTheSumHasAll() throws Exception {
        int each = 60;
        report("cam", each);
        report("door", each);

        List<String> lines = page().lines()
                .filter(line -> line.startsWith("sightline_viewer_latency_seconds_count{"))
                .toList();
        assertThat(lines).hasSize(ViewerMetrics.MOST).allMatch(line -> line.endsWith(" 1"));
        assertThat(lines).filteredOn(line -> line.contains("stream=\"cam\"")).hasSize(each);
        assertThat(page())
                .contains(
                        "sightline_viewer_stage_seconds_count{stage=\"network\",stream=\"cam\",transport=\"test\",viewer=\"0\"} 0")
                .contains("sightline_stream_latency_seconds_count{stream=\"door\"} " + each);
    }

    @Test
    void read_viewerWhoComesAfterAnotherHasLeft_takesItsPlace() throws Exception {
        List<Subscription> first = report("cam", 2);
        assertThat(places()).containsExactly("0", "1");

        first.get(0).close();
        assertThat(places()).containsExactly("1");
        report("door", 2);

        assertThat(places()).containsExactly("0", "1", "2");
    }

    @Test
    void read_viewersWhoDoNotReport_haveNone() throws Exception {
        try (PushedStream silent = new PushedStream("cam")) {
            silent.watch(Optional.empty());
            assertThat(page()).doesNotContain("sightline_viewer_latency_seconds_count");
        }
    }

    private List<String> places() {
        return page().lines()
                .filter(line -> line.startsWith("sightline_viewer_latency_seconds_count{"))
                .map(line -> line.replaceAll(".*viewer=\"(\\d+)\".*", "$1"))
                .sorted()
                .toList();
    }

    /** So many viewers report once. */
    private List<Subscription> report(String name, int viewers) throws Exception {
        PushedStream stream = new PushedStream(name);
        List<Subscription> all = new ArrayList<>();
        for (int i = 0; i < viewers; i++) {
            all.add(stream.watch(Optional.of("a-key-of-viewer-" + i)));
        }
        stream.show(viewers);
        for (int i = 0; i < viewers; i++) {
            LatencyReports.take(stream.live, "a-key-of-viewer-" + i, REPORT);
        }
        return all;
    }

    private String page() {
        return new String(metrics.read("").text(), StandardCharsets.UTF_8);
    }

    /** A stream whose viewers take only metadata. */
    private final class PushedStream implements AutoCloseable {
        private final PushSource source = new PushSource(32, 24);
        private final AtomicInteger shown = new AtomicInteger();
        private final LiveStream live;

        PushedStream(String name) {
            live = registry.start(name, source, Pipeline.of(List.of()), false);
        }

        Subscription watch(Optional<String> key) throws Exception {
            ViewerIdentity identity =
                    ViewerIdentity.of("test", "192.0.2.1", Optional.empty()).withKey(key);
            Subscriber counting = new Subscriber() {
                @Override
                public void onFrame(EncodedFrame frame) {
                    shown.incrementAndGet();
                }
            };
            return live.subscribe(Rendition.METADATA, executor, counting, identity);
        }

        void show(int viewers) {
            source.push();
            Await.until("each has seen it", () -> shown.get() == viewers);
        }

        @Override
        public void close() {
            live.close();
        }
    }
}
