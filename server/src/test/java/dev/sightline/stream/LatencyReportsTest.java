package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.sightline.codec.Rendition;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.fanout.ViewerIdentity;
import dev.sightline.stream.status.LatencyStatus;
import dev.sightline.stream.status.ViewerLatency;
import dev.sightline.stream.status.ViewerStatus;
import dev.sightline.testkit.PushSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyReportsTest {
    private static final String KEY = "0123456789abcdef";
    private static final String OTHER_KEY = "abcdef-0123456789_XY";
    private static final String NONE = "0,0,0,0,0,0,0,0,0,0,0,0,0";
    /** Two frames that took up to 40 ms. */
    private static final String TWO =
            "{\"p50\": 30, \"p95\": 39.5, \"sum\": 69.5, \"counts\": [0,0,0,0,0,0,2,0,0,0,0,0,0,0]}";

    private static final String ONE =
            "{\"p50\": 25, \"p95\": 25, \"sum\": 25, \"counts\": [0,0,0,0,0,0,1,0,0,0,0,0,0,0]}";

    private final VirtualTime time = new VirtualTime();
    private final StreamRegistry registry = new StreamRegistry(time.streams());
    private final PushSource source = new PushSource(64, 48);
    private final LiveStream stream = registry.start("cam", source, Pipeline.of(List.of()), false);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void take_severalReports_areOfTheViewerAndOfTheStream() throws Exception {
        try (Viewer viewer = watch(KEY);
                Viewer other = watch(OTHER_KEY)) {
            show(3, viewer, other);
            send(KEY, report(TWO) + ", \"network\": " + TWO + ", \"display\": " + ONE + "}");
            send(OTHER_KEY, report(ONE) + "}");
            time.pass(LatencyReports.PAUSE);
            send(KEY, report(ONE) + "}");

            ViewerLatency known = latency(0).orElseThrow();
            assertThat(known.uncertainty()).isEqualTo(0.5);
            assertThat(known.reported()).isEqualTo(time.streams().now());
            assertThat(known.total().count()).isEqualTo(3);
            assertThat(known.total().sum()).isEqualTo(94.5);
            assertThat(known.total().counts().get(6)).isEqualTo(3);
            assertThat(known.total().p50()).as("of the last report").hasValue(25);
            assertThat(known.network().p95()).as("of the one before").hasValue(39.5);
            assertThat(known.display().count()).isEqualTo(1);
            assertThat(latency(1).orElseThrow().total().count()).isEqualTo(1);
            assertThat(ofStream().total().count()).isEqualTo(4);
        }
        assertThat(ofStream().total().sum()).as("of those who left, too").isEqualTo(119.5);
        assertThat(ofStream().network().count()).isEqualTo(2);
    }

    @Test
    void take_soonAfterAnother_isRefused_alsoIfThatWasNoReport() throws Exception {
        try (Viewer viewer = watch(KEY)) {
            show(2, viewer);
            assertRefused(Reason.MALFORMED, KEY, "x", "it is no JSON");
            assertRefused(Reason.TOO_MANY, KEY, report(ONE) + "}", "at most every 2 s");
            time.pass(LatencyReports.PAUSE);
            send(KEY, report(ONE) + "}");
        }
    }

    @Test
    void take_ofMoreFramesThanTheViewerWasSent_isRefusedAndNotCounted() throws Exception {
        try (Viewer viewer = watch(KEY)) {
            show(2, viewer);
            send(KEY, report(ONE) + "}");
            time.pass(LatencyReports.PAUSE);
            assertRefused(
                    Reason.MALFORMED, KEY, report(TWO) + "}", "of more frames than this viewer was sent, 2 so far");
            time.pass(LatencyReports.PAUSE);
            assertRefused(
                    Reason.MALFORMED,
                    KEY,
                    report(ONE) + ", \"display\": " + TWO.replace("2,", "3,").replace("69.5", "99") + "}",
                    "more");
            assertThat(ofStream().total().count()).isEqualTo(1);
        }
    }

    @Test
    void take_underAKeyThatNobodyHas_isRefused() throws Exception {
        assertRefused(Reason.UNKNOWN, KEY, report(ONE) + "}", "nobody watches this stream with that viewer key");
        try (Viewer viewer = watch(KEY)) {
            show(1, viewer);
            assertRefused(Reason.UNKNOWN, OTHER_KEY, report(ONE) + "}", "nobody");
            assertRefused(Reason.UNKNOWN, "", report(ONE) + "}", "nobody");
        }
        assertRefused(Reason.UNKNOWN, KEY, report(ONE) + "}", "nobody");
        assertThat(stream.present().keys()).as("none is remembered").isZero();
    }

    @Test
    void take_ofAViewerThatChangesItsRendition_goesOn() throws Exception {
        ViewerIdentity identity =
                ViewerIdentity.of("test", "192.0.2.1", Optional.empty()).withKey(Optional.of(KEY));
        Viewer former = new Viewer(stream, Rendition.DEFAULT, identity);
        show(1, former);
        send(KEY, report(ONE) + "}");
        try (Viewer next = new Viewer(stream, Rendition.jpeg(32, 80), identity)) {
            former.close();
            source.push();
            next.awaitPicture(1);
            time.pass(LatencyReports.PAUSE);
            send(KEY, report(ONE) + "}");
            assertThat(latency(0).orElseThrow().total().count()).isEqualTo(2);
        }
        assertThat(stream.present().keys()).isZero();
    }

    @Test
    void take_twoViewersOfOneKey_isOfTheOneThatCameLast_untilItLeaves() throws Exception {
        try (Viewer former = watch(KEY)) {
            try (Viewer next = watch(KEY)) {
                show(1, former, next);
                send(KEY, report(ONE) + "}");
                assertThat(latency(0)).isEmpty();
                assertThat(latency(1)).isPresent();
            }
            assertRefused(Reason.UNKNOWN, KEY, report(ONE) + "}", "nobody");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "0123456789abcde", "0123456789abcdef!", "0123456789abcdef 0123456789abcdef"})
    void withKey_thatStrangersMightGuess_isNone(String key) {
        assertThat(ViewerIdentity.of("test", "192.0.2.1", Optional.empty())
                        .withKey(Optional.of(key))
                        .key())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | it is an object",
                "{} | total is of at least one frame",
                "{'total': 5} | total is an object",
                "{'uncertainty': 1, 'total': {'p50': 1, 'p95': 2, 'sum': 0, 'counts': [" + NONE
                        + ",0]}} | at least one frame",
                "{'uncertainty': 1, 'total': {'p50': 3, 'p95': 2, 'sum': 3, 'counts': [" + NONE
                        + ",1]}} | total.p50 is at most p95",
                "{'uncertainty': 1, 'total': {'p50': -1, 'p95': 2, 'sum': 3, 'counts': [" + NONE
                        + ",1]}} | total.p50 is a number",
                "{'uncertainty': 1, 'total': {'p50': 1, 'p95': 60001, 'sum': 3, 'counts': [" + NONE
                        + ",1]}} | total.p95 is a number",
                "{'uncertainty': 1, 'total': {'p50': 1, 'p95': 2, 'sum': 3, 'counts': [" + NONE
                        + ",1]}} | sum does not fit counts",
                "{'uncertainty': 1, 'total': {'p50': 1, 'p95': 2, 'sum': 61000, 'counts': [" + NONE
                        + ",1]}} | sum does not fit counts",
                "{'uncertainty': 1, 'total': {'p50': 1, 'p95': 2, 'counts': [" + NONE + ",1]}} | total.sum is a number",
                "{'uncertainty': 1, 'total': {'p50': 1, 'p95': 2, 'sum': 3000, 'counts': [" + NONE
                        + "]}} | counts has 14 numbers",
                "{'uncertainty': 1, 'total': {'p50': 1, 'p95': 2, 'sum': 3000, 'counts': [" + NONE
                        + ",1,1]}} | counts has 14 numbers",
                "{'uncertainty': 1, 'total': {'p50': 1, 'p95': 2, 'sum': 3000, 'counts': [" + NONE
                        + ",-1]}} | at least 0",
                "{'uncertainty': 1, 'total': {'p50': 1, 'p95': 2, 'sum': 3000, 'counts': [" + NONE
                        + ",1.5]}} | whole numbers",
                "{'uncertainty': 1, 'total': {'p50': 1, 'p95': 2, 'sum': 1e999, 'counts': [" + NONE
                        + ",1]}} | sum does not fit",
                "{'uncertainty': 1, 'total': {'p50': 1, 'p95': 2, 'sum': 1, 'counts': 'x'}} | counts has 14 numbers",
                "{'total': {'p50': 1, 'p95': 2, 'sum': 3000, 'counts': [" + NONE + ",1]}} | uncertainty is a number",
            })
    void take_nonsense_isRefusedWithTheReason(String json, String why) throws Exception {
        try (Viewer viewer = watch(KEY)) {
            show(1, viewer);
            assertRefused(Reason.MALFORMED, KEY, json.replace('\'', '"'), why);
            assertThat(latency(0)).isEmpty();
        }
    }

    @Test
    void take_tooLong_isRefused() throws Exception {
        try (Viewer viewer = watch(KEY)) {
            show(1, viewer);
            assertRefused(Reason.MALFORMED, KEY, " ".repeat(2_049), "longer than 2048 characters");
        }
    }

    @Test
    void status_framesThatLeftThePipeline_haveTimesOfEachStage_alsoOfRenditionsThatAreGone() throws Exception {
        try (Viewer small = new Viewer(stream, Rendition.jpeg(32, 80))) {
            show(3, small);
        }
        LatencyStatus latency = ofStream();
        assertThat(latency.source().count()).isEqualTo(3);
        assertThat(latency.pipeline().count()).isEqualTo(3);
        assertThat(latency.encode().count()).isEqualTo(3);
        assertThat(latency.encode().sum()).isPositive();
        assertThat(latency.total().count()).isZero();
        assertThat(latency.total().p50()).isEmpty();
    }

    private Viewer watch(String key) throws RefusedException {
        ViewerIdentity identity =
                ViewerIdentity.of("test", "192.0.2.1", Optional.empty()).withKey(Optional.of(key));
        return new Viewer(stream, Rendition.DEFAULT, identity);
    }

    private void show(int pictures, Viewer... viewers) {
        for (int i = 1; i <= pictures; i++) {
            source.push();
            for (Viewer viewer : viewers) {
                viewer.awaitPicture(i);
            }
        }
    }

    private static String report(String total) {
        return "{\"uncertainty\": 0.5, \"total\": " + total;
    }

    private void send(String key, String json) throws RefusedException {
        LatencyReports.take(stream, key, json);
    }

    private void assertRefused(Reason reason, String key, String json, String why) {
        assertThatThrownBy(() -> send(key, json))
                .hasMessageContaining(why)
                .asInstanceOf(type(RefusedException.class))
                .extracting(RefusedException::reason)
                .isEqualTo(reason);
    }

    private Optional<ViewerLatency> latency(int viewer) {
        List<ViewerStatus> viewers = stream.viewers(10);
        return viewers.get(viewer).latency();
    }

    private LatencyStatus ofStream() {
        return stream.status().pictures().latency();
    }
}
