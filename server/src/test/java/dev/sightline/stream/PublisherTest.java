package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.codec.PictureException;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.status.PublisherStatus;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Pictures;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherTest {
    private final VirtualTime time = new VirtualTime();
    private final StreamRegistry registry = new StreamRegistry(time.streams());

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
    void status_nobodySends_isOfflineAndSaysWhatToDo() throws Exception {
        LiveStream stream = published();
        assertThat(stream.status().state()).isEqualTo(StreamState.OFFLINE);
        assertThat(stream.status().reason()).contains("nobody sends pictures yet: open /publish/me");
        assertThat(stream.status().signal().source()).isEqualTo("publish:");
        try (Viewer viewer = watch(stream)) {
            assertThat(viewer.awaitSlate().metadata().values()).containsEntry("state", "OFFLINE");
        }
    }

    @Test
    void put_jpegNobodyChanges_isPassedThroughWithItsIdentityAndMakesTheStreamLive() throws Exception {
        LiveStream stream = published();
        byte[] jpeg = Pictures.plain(64, 48, 128);
        try (Viewer viewer = watch(stream);
                Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            publisher.put(new SentPicture(jpeg.clone(), Optional.of(new SenderFrameId(17, 1234.5))));
            EncodedFrame shown = viewer.awaitPicture(1);

            assertThat(Pictures.bytes(shown)).endsWith(Arrays.copyOfRange(jpeg, 2, jpeg.length));
            assertThat(new String(Pictures.bytes(shown), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .contains("sightline {\"seq\":" + shown.seq());
            assertThat(SenderFrameId.of(shown)).contains(new SenderFrameId(17, 1234.5));
            assertThat(PictureJson.metadata(shown.metadata())).isEqualTo("{}");
            assertThat(stream.status().state()).isEqualTo(StreamState.LIVE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".png", ".webp"})
    void put_otherFormatWithAlpha_isShownAsJpegWithoutIt(String ending) throws Exception {
        LiveStream stream = published();
        try (Scalar color = new Scalar(200, 200, 200, 100);
                Mat transparent = new Mat(48, 64, opencv_core.CV_8UC4, color);
                Viewer viewer = watch(stream);
                Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            publisher.put(Pictures.encode(ending, transparent));
            EncodedFrame shown = viewer.awaitPicture(1);
            try (Mat decoded = Pictures.decode(Pictures.bytes(shown))) {
                assertThat(decoded.channels()).isEqualTo(3);
                assertThat(Pictures.brightness(decoded)).isCloseTo(200, within(4.0));
            }
            assertThat(shown.codec().codecName()).isEqualTo("mjpeg");
        }
    }

    @Test
    void put_fasterThanThePipeline_keepsTheNewestAndCountsTheRest() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> processed = new CopyOnWriteArrayList<>();
        LiveStream stream = published(frame -> {
            processed.add(String.valueOf(frame.metadata().values().get(SenderFrameId.KEY)));
            entered.countDown();
            release.await();
        });
        try (Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            publisher.put(new SentPicture(Pictures.plain(64, 48, 0), Optional.of(new SenderFrameId(1, 0))));
            entered.await();
            for (int seq = 2; seq <= 10; seq++) {
                publisher.put(new SentPicture(Pictures.plain(64, 48, 0), Optional.of(new SenderFrameId(seq, 0))));
            }
            assertThat(publisher.dropped()).isEqualTo(8);
            release.countDown();
            Await.until("the newest is processed", () -> processed.size() == 2);
            assertThat(processed).containsExactly("{seq=1, captureTime=0.0}", "{seq=10, captureTime=0.0}");
        }
    }

    @Test
    void put_notAPicture_isRefusedCountedAndTheNextIsTaken() throws Exception {
        LiveStream stream = published();
        try (Viewer viewer = watch(stream);
                Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            assertThatThrownBy(() -> publisher.put("no picture".getBytes()))
                    .isInstanceOf(PictureException.class)
                    .hasMessageContaining("send JPEG, PNG or WebP");
            assertThat(stream.status().dropped().broken()).isEqualTo(1);
            publisher.put(Pictures.plain(64, 48, 0));
            viewer.awaitPicture(1);
        }
    }

    @Test
    void publish_second_isRefusedUntilTheFirstHasLeft() throws Exception {
        LiveStream stream = published();
        Publisher first = stream.publish(List.of(), Viewer.SENDER);
        first.put(Pictures.plain(64, 48, 0));
        assertRefused(stream, Reason.TAKEN);
        Await.until("live", () -> stream.status().state() == StreamState.LIVE);

        first.close();
        assertThat(stream.status().state()).isEqualTo(StreamState.OFFLINE);
        assertThat(stream.status().reason().orElseThrow()).contains("has left").contains("/publish/me");
        assertThatThrownBy(() -> first.put(Pictures.plain(64, 48, 0))).isInstanceOf(RefusedException.class);

        try (Publisher second = stream.publish(List.of(), Viewer.SENDER)) {
            second.put(Pictures.plain(64, 48, 0));
            Await.until("live again", () -> stream.status().state() == StreamState.LIVE);
        }
    }

    @Test
    void publisher_vanished_makesTheStreamOfflineWithinFiveSecondsAndGivesWay() throws Exception {
        LiveStream stream = published();
        Publisher vanished = stream.publish(List.of(), Viewer.SENDER);
        vanished.put(Pictures.plain(64, 48, 0));
        Await.until("live", () -> stream.status().state() == StreamState.LIVE);
        time.pass(Duration.ofMillis(4_400));
        assertRefused(stream, Reason.TAKEN);
        vanished.put(Pictures.plain(64, 48, 0));
        Await.until("the second", () -> stream.status().frames() == 2);
        time.pass(Duration.ofMillis(4_400));
        assertRefused(stream, Reason.TAKEN);
        time.pass(Duration.ofMillis(300));
        assertThat(stream.status().state()).isEqualTo(StreamState.OFFLINE);
        StreamStatus status = stream.status();
        assertThat(status.reason().orElseThrow()).contains("silent for 5 s");
        assertThat(Duration.between(
                        status.signal().lastPicture().orElseThrow(),
                        status.signal().since()))
                .isLessThan(Duration.ofSeconds(5));

        try (Publisher newcomer = stream.publish(List.of(), Viewer.SENDER)) {
            newcomer.put(Pictures.plain(64, 48, 0));
            assertThatThrownBy(() -> vanished.put(Pictures.plain(64, 48, 0)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("taken");
        }
    }

    @Test
    void publish_ordinaryStream_isRefused() {
        LiveStream stream = registry.start("cam", new ScriptedSource(64, 48), Pipeline.of(List.of()), false);
        assertRefused(stream, Reason.WRONG_KIND);
        assertThat(stream.whyNotPublishable()).isPresent();
    }

    @Test
    void publish_withChoice_runsItAfterTheStreamsOwnForThisPublisherAlone() throws Exception {
        LiveStream stream = registry.startPublished(
                "me",
                PipelineRecipe.of(List.of(step("own", "a")))
                        .withChoices(List.of(step("extra", "b"), step("more", "c"))));
        assertThat(stream.status().processing().clientProcessors()).containsExactly("extra", "more");
        try (Viewer viewer = watch(stream)) {
            try (Publisher publisher = stream.publish(List.of("more", "extra"), Viewer.SENDER)) {
                publisher.put(Pictures.plain(64, 48, 0));
                assertThat(viewer.awaitPicture(1).metadata().values()).containsOnlyKeys("a", "c", "b", StageTimes.KEY);
            }
            try (Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
                publisher.put(Pictures.plain(64, 48, 0));
                assertThat(viewer.awaitPicture(2).metadata().values()).containsOnlyKeys("a", StageTimes.KEY);
            }
        }
        assertThatThrownBy(() -> stream.publish(List.of("faces"), Viewer.SENDER))
                .hasMessage("processor 'faces' cannot be chosen here; choose from extra, more")
                .extracting(e -> ((RefusedException) e).reason())
                .isEqualTo(Reason.NOT_OFFERED);
    }

    @Test
    void publish_chosenProcessorThatCannotBeMade_showsNoPictureWithoutIt() throws Exception {
        AtomicBoolean fails = new AtomicBoolean(true);
        NamedProcessor hides = new NamedProcessor("hides", () -> {
            if (fails.get()) {
                throw new IllegalStateException("no model");
            }
            return frame -> frame.metadata().put("hides", true);
        });
        LiveStream stream =
                registry.startPublished("me", PipelineRecipe.of(List.of()).withChoices(List.of(hides)));
        try (Viewer viewer = watch(stream);
                Publisher publisher = stream.publish(List.of("hides"), Viewer.SENDER)) {
            publisher.put(Pictures.plain(64, 48, 0));
            Await.until("withheld", () -> stream.status().dropped().withheld() == 1);
            assertThat(stream.status().processing().processors().get(0).text())
                    .startsWith("hides is failing: it cannot be made: no model");
            fails.set(false);
            time.until("it is made", () -> put(publisher) && !viewer.pictures().isEmpty());
            assertThat(viewer.pictures())
                    .allSatisfy(
                            picture -> assertThat(picture.metadata().values()).containsEntry("hides", true));
        }
    }

    @Test
    void status_choiceOfASender_isTheSendersAndEndsWithIt() throws Exception {
        LiveStream stream = registry.startPublished(
                "me", PipelineRecipe.of(List.of(step("own", "a"))).withChoices(List.of(step("extra", "b"))));
        try (Publisher publisher = stream.publish(List.of("extra"), Viewer.SENDER)) {
            publisher.put(Pictures.plain(64, 48, 0));
            assertThat(stream.status().processing().processors())
                    .extracting(ProcessorStatus::name, ProcessorStatus::chosen)
                    .containsExactly(tuple("own", false), tuple("extra", true));
        }
        assertThat(stream.status().processing().processors())
                .extracting(ProcessorStatus::name, ProcessorStatus::chosen)
                .containsExactly(tuple("own", false));
    }

    private static void assertRefused(LiveStream stream, Reason reason) {
        assertThatThrownBy(() -> stream.publish(List.of(), Viewer.SENDER))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static boolean put(Publisher publisher) {
        try {
            publisher.put(Pictures.plain(64, 48, 0));
            return true;
        } catch (PictureException | RefusedException e) {
            throw new AssertionError(e);
        }
    }

    private static NamedProcessor step(String name, String key) {
        return new NamedProcessor(name, () -> frame -> frame.metadata().put(key, true));
    }

    @Test
    void publisher_isToldOfWithItsFrames_andIsAskedToGo() throws Exception {
        LiveStream stream = published();
        assertThat(stream.publisher()).isEmpty();
        assertThat(stream.disconnectPublisher()).isFalse();
        List<String> asked = new CopyOnWriteArrayList<>();
        try (Publisher publisher = stream.publish(List.of(), new Sender("webrtc", "192.0.2.7", asked::add))) {
            publisher.put(Pictures.plain(64, 48, 128));
            publisher.put(Pictures.plain(64, 48, 128));
            assertThatThrownBy(() -> publisher.put(new byte[100])).isInstanceOf(PictureException.class);

            assertThat(stream.publisher())
                    .contains(new PublisherStatus(
                            "webrtc", "192.0.2.7", time.streams().now(), 2, 1));
            assertThat(stream.disconnectPublisher()).isTrue();
            assertThat(asked).containsExactly("disconnected by the operator");
            time.pass(Duration.ofSeconds(5));
            assertThat(stream.publisher()).as("a silent one has its place").isPresent();
        }
        assertThat(stream.publisher()).isEmpty();
        try (Publisher next = stream.publish(List.of(), Viewer.SENDER)) {
            assertThat(next.stream().publisher())
                    .get()
                    .extracting(PublisherStatus::refused)
                    .isEqualTo(0L);
        }
        LiveStream camera = registry.start("cam", new ScriptedSource(64, 48), Pipeline.of(List.of()), false);
        assertThat(camera.publisher()).isEmpty();
        assertThat(camera.disconnectPublisher()).isFalse();
    }

    private LiveStream published(FrameProcessor... processors) {
        List<NamedProcessor> steps = Arrays.stream(processors)
                .map(processor -> new NamedProcessor("step", () -> processor))
                .toList();
        return registry.startPublished("me", PipelineRecipe.of(steps));
    }

    private static Viewer watch(LiveStream stream) throws RefusedException {
        return new Viewer(stream, Rendition.DEFAULT);
    }
}
