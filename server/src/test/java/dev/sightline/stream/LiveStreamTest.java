package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.status.StreamState;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Pictures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LiveStreamTest {
    private final VirtualTime time = new VirtualTime();
    private final StreamRegistry registry = new StreamRegistry(time.streams());
    private final ScriptedSource source = new ScriptedSource(320, 240);

    @BeforeAll
    static void loadNatives() {
        // Takes a second the first time, in which a stream would fall silent.
        Loader.load(opencv_imgcodecs.class);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void subscribe_rawPicture_arrivesAsJpegWithItsIdentityInside() throws Exception {
        try (Viewer viewer = watch(start())) {
            source.raw();
            EncodedFrame picture = viewer.awaitPicture(1);

            assertThat(picture.seq()).isEqualTo(1);
            assertThat(picture.width()).isEqualTo(320);
            String bytes = new String(Pictures.bytes(picture), StandardCharsets.ISO_8859_1);
            assertThat(bytes.substring(2, 100)).contains("sightline {\"seq\":1,\"captureTime\":");
            try (Mat decoded = Pictures.decode(Pictures.bytes(picture))) {
                assertThat(Pictures.brightness(decoded)).isCloseTo(127, within(4.0));
            }
        }
    }

    @Test
    void subscribe_jpegSourceNobodyChanges_isPassedThroughUndecoded() throws Exception {
        try (Viewer viewer = watch(start())) {
            source.jpeg();
            EncodedFrame picture = viewer.awaitPicture(1);

            byte[] stamped = Pictures.bytes(picture);
            byte[] original;
            try (Mat decoded = halfWhite()) {
                original = Pictures.jpeg(decoded, 50);
            }
            // Quality 50 came in and would have gone out at 80, had it been encoded again.
            assertThat(stamped).endsWith(Arrays.copyOfRange(original, 2, original.length));
        }
    }

    @Test
    void subscribe_processorThatOnlyLooks_passesTheSourcesPictureWithTheMetadata() throws Exception {
        FrameProcessor looks = new FrameProcessor() {
            @Override
            public void process(Frame frame) {
                frame.metadata().add(new Detection("thing", 0.5, new Box(0, 0, 0.5, 0.5)));
            }

            @Override
            public boolean changesPicture() {
                return false;
            }
        };
        try (Viewer viewer = watch(start(looks))) {
            source.jpeg();
            EncodedFrame picture = viewer.awaitPicture(1);

            assertThat(picture.metadata().detections())
                    .extracting(Detection::label)
                    .containsExactly("thing");
            assertThat(viewer.pictures()).hasSize(1);
        }
    }

    @Test
    void onFrame_viewerWhoStopsReading_dropsAllButTheNewestAndSlowsNobody() throws Exception {
        LiveStream stream = start();
        try (Viewer good = watch(stream);
                Viewer stopped = watch(stream)) {
            stopped.stopped = true;
            for (int i = 1; i <= 10; i++) {
                source.raw();
                good.awaitPicture(i);
            }
            assertThat(stopped.pictures()).hasSize(1);
            Await.until("8 drops counted", () -> stopped.subscription().dropped() == 8);

            stopped.resume();
            EncodedFrame next = stopped.awaitPicture(2);

            assertThat(next.seq()).isEqualTo(10);
            assertThat(good.subscription().dropped()).isZero();
            assertThat(stream.status().dropped().viewers()).isEqualTo(8);
        }
    }

    @Test
    void process_slowProcessor_skipsPicturesAndTakesTheNewest() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<Long> processed = new CopyOnWriteArrayList<>();
        LiveStream stream = start(frame -> {
            processed.add(frame.seq());
            entered.countDown();
            release.await();
        });
        source.raw();
        entered.await();
        for (int i = 0; i < 5; i++) {
            source.raw();
        }
        Await.until("4 pictures replaced", () -> stream.status().dropped().pipeline() == 4);
        release.countDown();

        Await.until("two processed", () -> processed.size() == 2);
        assertThat(processed).containsExactly(1L, 6L);
    }

    @Test
    void process_processorThatHangs_makesTheStreamStale() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        LiveStream stream = start(frame -> {
            if (frame.seq() > 1) {
                release.await();
            }
        });
        try (Viewer viewer = watch(stream)) {
            source.raw();
            viewer.awaitPicture(1);
            source.raw();
            time.until("stale", () -> {
                source.raw();
                return stream.status().state() == StreamState.STALE;
            });
            assertThat(stream.status().reason().orElseThrow()).contains("processor");
            release.countDown();
        }
    }

    @Test
    void sourceLost_viewersStay_seeTheSlateAndThenPicturesAgain() throws Exception {
        LiveStream stream = start();
        try (Viewer viewer = watch(stream)) {
            source.raw();
            EncodedFrame last = viewer.awaitPicture(1);
            source.refuses = true;
            source.lose();
            EncodedFrame slate = viewer.awaitSlate(time);

            assertThat(slate.seq()).isGreaterThan(last.seq());
            assertThat(slate.captureNanos()).isEqualTo(last.captureNanos());
            assertThat(slate.metadata().values()).containsEntry("state", "OFFLINE");
            time.until("tried again", () -> stream.status().reason().orElse("").equals("nobody answers"));
            try (Mat picture = Pictures.decode(Pictures.bytes(slate))) {
                assertThat(Pictures.brightness(picture)).isLessThan(80);
            }

            source.refuses = false;
            source.raw();
            int before = viewer.pictures().size();
            EncodedFrame back = viewer.awaitPicture(before + 1, time);

            assertThat(back.seq()).isGreaterThan(slate.seq());
            Await.until("LIVE told", () -> viewer.states.get(viewer.states.size() - 1) == StreamState.LIVE);
            assertThat(viewer.states).contains(StreamState.OFFLINE);
        }
    }

    @Test
    void sourceLostAndBackAtOnce_showsNoSlate() throws Exception {
        LiveStream stream = start();
        try (Viewer viewer = watch(stream)) {
            source.raw();
            viewer.awaitPicture(1);
            source.lose();
            source.raw();
            // In less virtual time than a slate waits for.
            time.until(
                    "a picture again",
                    Duration.ofMillis(5),
                    () -> viewer.pictures().size() == 2);

            assertThat(source.opened).hasValue(2);
            assertThat(viewer.states).doesNotContain(StreamState.OFFLINE);
            assertThat(viewer.pictures())
                    .noneMatch(picture -> picture.metadata().values().containsKey("state"));
        }
    }

    @Test
    void sourceLost_beforeAnybodyWatched_theSlateHasTheStreamsSize() throws Exception {
        LiveStream stream = start();
        source.raw();
        Await.until("a picture", () -> stream.status().frames() == 1);
        source.refuses = true;
        source.lose();
        time.until("it is lost", () -> stream.status().state() == StreamState.OFFLINE);

        try (Viewer viewer = watch(stream)) {
            EncodedFrame slate = viewer.awaitSlate();
            assertThat(slate.width()).isEqualTo(320);
            assertThat(slate.height()).isEqualTo(240);
        }
    }

    @Test
    void sourceThatOverflowsTheStack_isOpenedAgain() throws Exception {
        try (Viewer viewer = watch(start())) {
            source.give(numbering -> {
                throw new StackOverflowError();
            });
            source.raw();
            viewer.awaitPicture(1, time);
            assertThat(source.opened).hasValue(2);
        }
    }

    @Test
    void sourceLost_reasonIsCutBetweenWordsAndShowsNoSecret() throws Exception {
        LiveStream stream = start();
        source.lose(
                "no way to http://cam/x?" + "y".repeat(460) + " nor to http://eve:" + "p".repeat(1 << 20) + "@cam/");
        Await.until("it is lost", () -> stream.status().state() == StreamState.OFFLINE);
        assertThat(stream.status().reason().orElseThrow())
                .startsWith("no way to http://cam/x?")
                .endsWith(" nor to …")
                .hasSizeLessThan(510);
    }

    @Test
    void sourceFreezes_becomesStaleAndShowsTheSlate() throws Exception {
        LiveStream stream = start();
        try (Viewer viewer = watch(stream)) {
            source.raw();
            viewer.awaitPicture(1);
            time.pass(Duration.ofMillis(40));
            source.raw();
            viewer.awaitPicture(2);

            time.pass(Duration.ofMillis(1_900));
            assertThat(stream.status().state()).isEqualTo(StreamState.LIVE);
            time.pass(Duration.ofMillis(300));
            assertThat(stream.status().state()).isEqualTo(StreamState.STALE);
            assertThat(viewer.awaitSlate().metadata().values()).containsEntry("state", "STALE");

            source.raw();
            Await.until("live again", () -> stream.status().state() == StreamState.LIVE);
        }
    }

    @Test
    void sourceRests_staysLive() throws Exception {
        LiveStream stream = start();
        try (Viewer viewer = watch(stream)) {
            source.raw();
            viewer.awaitPicture(1);
            time.pass(Duration.ofMillis(40));
            source.raw();
            viewer.awaitPicture(2);

            source.rests = true;
            time.pass(Duration.ofSeconds(9));
            assertThat(stream.status().state()).isEqualTo(StreamState.LIVE);
        }
    }

    @Test
    void sourceEnds_isToldAndNeverOpenedAgain() throws Exception {
        LiveStream stream = start();
        try (Viewer viewer = watch(stream)) {
            source.raw();
            viewer.awaitPicture(1);
            source.end();

            assertThat(viewer.awaitSlate().metadata().values()).containsEntry("state", "ENDED");
            Await.until("closed", () -> source.closed.get() == 1);
            assertThat(source.opened).hasValue(1);
            Await.until("ENDED told", () -> viewer.states.contains(StreamState.ENDED));
        }
    }

    @Test
    void subscribe_narrowRendition_isScaledAndNeverEnlarged() throws Exception {
        LiveStream stream = start();
        try (Viewer narrow = new Viewer(stream, Rendition.jpeg(150, 80));
                Viewer wide = new Viewer(stream, Rendition.jpeg(1280, 80))) {
            source.raw();

            assertThat(narrow.awaitPicture(1).width()).isEqualTo(160);
            assertThat(narrow.awaitPicture(1).height()).isEqualTo(120);
            assertThat(wide.awaitPicture(1).width()).isEqualTo(320);
            assertThat(stream.status().renditions()).hasSize(2);
        }
        Await.until(
                "no rendition without viewers",
                () -> stream.status().renditions().isEmpty());
    }

    @Test
    void subscribe_oneRenditionTooMany_isRefusedButTheDefaultIsNot() throws Exception {
        LiveStream stream = start();
        List<Viewer> viewers = new ArrayList<>();
        try {
            for (int quality = 1; quality <= 3; quality++) {
                viewers.add(new Viewer(stream, new Rendition.Jpeg(0, quality)));
            }
            assertThatThrownBy(() -> new Viewer(stream, new Rendition.Jpeg(0, 99)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("mjpeg source q1");
            viewers.add(watch(stream));
        } finally {
            viewers.forEach(Viewer::close);
        }
    }

    @Test
    void subscribe_allByOneClient_isRefused_soThatOthersHaveTheirs() throws Exception {
        LiveStream stream = start();
        Optional<String> one = Optional.of("192.0.2.1");
        Optional<String> other = Optional.of("192.0.2.2");
        List<Viewer> viewers = new ArrayList<>();
        try {
            viewers.add(new Viewer(stream, new Rendition.Jpeg(0, 1), one));
            viewers.add(new Viewer(stream, new Rendition.Jpeg(0, 2), one));
            viewers.add(new Viewer(stream, Rendition.DEFAULT, one));
            assertThatThrownBy(() -> new Viewer(stream, new Rendition.Jpeg(0, 3), one))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("2 renditions for your address (mjpeg source q1, mjpeg source q2)");
            viewers.add(new Viewer(stream, new Rendition.Jpeg(0, 2), one));
            viewers.add(new Viewer(stream, new Rendition.Jpeg(0, 3), other));
            viewers.add(new Viewer(stream, new Rendition.Jpeg(0, 3), one));

            viewers.get(0).close();
            viewers.get(4).close();
            viewers.get(5).close();
            Await.until("they are gone", () -> stream.status().renditions().size() == 2);
            viewers.add(new Viewer(stream, new Rendition.Jpeg(0, 4), one));
        } finally {
            viewers.forEach(Viewer::close);
        }
    }

    @Test
    void onDemand_sourceIsClosedUntilSomebodyWatches() throws Exception {
        LiveStream stream = registry.start("cam", source, Pipeline.of(List.of()), true);
        Await.until("idle", () -> stream.status().state() == StreamState.IDLE);
        assertThat(source.opened).hasValue(0);

        try (Viewer viewer = watch(stream)) {
            source.raw();
            viewer.awaitPicture(1);
            assertThat(source.opened).hasValue(1);
        }
    }

    @Test
    void onDemand_lastViewerHasLeft_sourceIsOpenFor10SecondsMore() throws Exception {
        LiveStream stream = registry.start("cam", source, Pipeline.of(List.of()), true);
        try (Viewer viewer = watch(stream)) {
            source.raw();
            viewer.awaitPicture(1);
            time.pass(Duration.ofSeconds(60));
        }
        Await.until("nobody watches", () -> stream.status().viewers() == 0);
        time.pass(Duration.ofMillis(9_900));
        source.raw();
        Await.until("a picture for nobody", () -> stream.status().frames() == 2);
        assertThat(source.closed).hasValue(0);

        time.pass(Duration.ofMillis(100));
        source.raw();
        time.until("idle", () -> stream.status().state() == StreamState.IDLE);
        assertThat(source.closed).hasValue(1);

        try (Viewer viewer = watch(stream)) {
            source.raw();
            viewer.awaitPicture(1);
            assertThat(source.opened).hasValue(2);
        }
    }

    @Test
    void close_tellsViewersAndLeavesNoThread() throws Exception {
        LiveStream stream = start();
        Viewer viewer = watch(stream);
        source.raw();
        viewer.awaitPicture(1);
        registry.close();

        Await.until("told", () -> viewer.ended);
        Await.until(
                "no thread left",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("cam-") && thread.isAlive()));
        viewer.close();
    }

    @Test
    void sourceEnds_nobodyWatched_whoComesLaterSeesTheSlateOfTheLastPicture() throws Exception {
        LiveStream stream = start();
        source.raw();
        source.raw();
        source.end();
        Await.until("ended", () -> stream.status().state() == StreamState.ENDED);
        Await.until(
                "both went through",
                () -> stream.status().frames() + stream.status().dropped().pipeline() == 2);
        try (Viewer late = watch(stream)) {
            EncodedFrame slate = late.awaitSlate();
            assertThat(slate.width()).isEqualTo(320);
            try (Mat picture = Pictures.decode(Pictures.bytes(slate))) {
                assertThat(Pictures.brightness(picture.colRange(0, 40))).isLessThan(10);
                assertThat(Pictures.brightness(picture.colRange(280, 320))).isBetween(80.0, 120.0);
            }
        }
    }

    @Test
    void remains_ofAPictureThatCannotBeMade_orAfterTheEnd_areToldAsNothing() throws Exception {
        LiveStream stream = start();
        source.raw();
        Await.until("a picture", () -> stream.status().state() == StreamState.LIVE);
        assertThat(remains(stream, Rendition.DEFAULT)).isPresent();
        assertThat(remains(stream, Rendition.METADATA))
                .as("for which there is no encoder")
                .isEmpty();
        registry.close();
        assertThat(remains(stream, Rendition.DEFAULT)).isEmpty();
    }

    @Test
    void process_stepInAnotherTroubleThanBefore_isToldAnew() throws Exception {
        AtomicReference<String> why = new AtomicReference<>("");
        LiveStream stream = start(frame -> {
            String trouble = why.getAndSet("");
            if (!trouble.isEmpty()) {
                throw new IllegalStateException(trouble);
            }
        });
        try (Viewer viewer = watch(stream)) {
            for (String trouble : List.of("no model", "no layer", "no memory")) {
                why.set(trouble);
                time.until(trouble, () -> {
                    source.raw();
                    return viewer.troubles().contains(trouble);
                });
            }
        }
    }

    @Test
    void process_frameIsClosedAfterTheCall() throws Exception {
        AtomicReference<Frame> kept = new AtomicReference<>();
        try (Viewer viewer = watch(start(kept::set))) {
            source.raw();
            viewer.awaitPicture(1);
            source.raw();
            viewer.awaitPicture(2);
            source.end();
            Await.until("closed", () -> kept.get().mat().isNull());
        }
    }

    private LiveStream start(FrameProcessor... processors) {
        List<NamedProcessor> named = new ArrayList<>();
        for (FrameProcessor processor : processors) {
            named.add(new NamedProcessor("step", () -> processor));
        }
        return registry.start("cam", source, Pipeline.of(named), false);
    }

    private static Viewer watch(LiveStream stream) throws RefusedException {
        return new Viewer(stream, Rendition.DEFAULT);
    }

    private static Optional<EncodedFrame> remains(LiveStream stream, Rendition rendition) throws Exception {
        CompletableFuture<Optional<EncodedFrame>> taken = new CompletableFuture<>();
        stream.remains(rendition, Runnable::run, taken::complete);
        return taken.get(20, TimeUnit.SECONDS);
    }

    private static Mat halfWhite() {
        return ScriptedSource.picture(320, 240);
    }
}
