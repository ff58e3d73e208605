package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.status.StreamState;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Pictures;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A live stream changes where its frames come from, and what runs on them, under a viewer. */
class IntakeSlotTest {
    private static final PipelineRecipe NONE = PipelineRecipe.of(List.of());

    private final VirtualTime time = new VirtualTime();
    private final StreamRegistry registry = new StreamRegistry(time.streams());
    private final ScriptedSource source = new ScriptedSource(64, 48);
    private final Probe.Maker step = new Probe.Maker("step");
    private final Probe.Maker chosen = new Probe.Maker("chosen");
    private final Probe.Maker other = new Probe.Maker("other");
    private LiveStream stream;
    private Viewer viewer;

    @BeforeAll
    static void loadNatives() {
        Loader.load(opencv_imgcodecs.class);
    }

    @BeforeEach
    void start() throws RefusedException {
        stream = registry.start("cam", source, Pipeline.of(List.of()), false);
        viewer = new Viewer(stream, Rendition.DEFAULT);
        source.jpeg();
        viewer.awaitPicture(1);
    }

    @AfterEach
    void close() {
        viewer.close();
        registry.close();
    }

    @Test
    void takePublishers_ofASource_closesIt_andKeepsTheViewers() throws Exception {
        assertThat(refusal(List.of())).isEqualTo(Reason.WRONG_KIND);
        stream.takePublishers(NONE);
        assertThat(stream.signal().reason()).contains("nobody sends pictures yet: open /publish/cam");
        Await.until("the source is closed", () -> source.closed.get() == 1);
        assertThat(stream.signal().reason())
                .as("the source says no more")
                .hasValueSatisfying(why -> assertThat(why).startsWith("nobody"));

        try (Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            publisher.put(Pictures.plain(32, 24, 100));
            EncodedFrame shown = viewer.awaitPicture(2);
            assertThat(shown.width()).isEqualTo(32);
            assertThat(shown.seq()).isGreaterThan(viewer.pictures().get(0).seq());
        }
        assertThat(viewer.ended).isFalse();
    }

    @Test
    void takePublishers_ofAPublishedStream_keepsThePublisher() throws Exception {
        stream.takePublishers(NONE);
        try (Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            stream.takePublishers(NONE);
            publisher.put(Pictures.plain(32, 24, 100));
            viewer.awaitPicture(2);
        }
    }

    @Test
    void read_ofAPublishedStream_refusesThePublisherFromThenOn() throws Exception {
        stream.takePublishers(NONE);
        ScriptedSource next = new ScriptedSource(16, 16);
        try (Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            publisher.put(Pictures.plain(32, 24, 100));
            viewer.awaitPicture(2);
            next.jpeg();
            stream.read(next);
            assertThat(viewer.awaitPicture(3).width()).isEqualTo(16);
            assertThatThrownBy(() -> publisher.put(Pictures.plain(32, 24, 100))).isInstanceOf(RefusedException.class);
        }
        assertThat(stream.signal().state())
                .as("a publisher that leaves late says no more")
                .isEqualTo(StreamState.LIVE);
        assertThat(stream.publisher()).isEmpty();
    }

    @Test
    void read_ofAPublishedStream_tellsThePublisherAtOnce() throws Exception {
        stream.takePublishers(NONE);
        List<String> told = new CopyOnWriteArrayList<>();
        try (Publisher publisher = stream.publish(List.of(), new Sender("test", "192.0.2.1", told::add))) {
            publisher.put(Pictures.plain(32, 24, 100));
            stream.read(new ScriptedSource(16, 16));
            assertThat(told).containsExactly("stream 'cam' takes no pictures from senders: its source is scripted:");
            assertThatThrownBy(() -> publisher.put(Pictures.plain(32, 24, 100)))
                    .as("the same to its next picture")
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            why -> assertThat(why.reason()).isEqualTo(Reason.WRONG_KIND))
                    .hasMessage(told.get(0));
        }
    }

    @Test
    void prepare_whileASourceBecomesPublishedWithChoices_usesWhatWasMade() throws Exception {
        PipelineRecipe next = recipe(step).withChoices(List.of(chosen.named()));
        PipelineChange change = stream.prepare(next);
        stream.takePublishers(next);
        CompletionStage<Void> shown = change.commit();
        try (Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            publisher.put(Pictures.plain(32, 24, 100));
            assertThat(viewer.awaitPicture(2).metadata().values()).containsEntry("step", 1L);
        }
        assertThat(step.made).hasSize(1);
        assertThat(chosen.made).isEmpty();
        assertThat(shown.toCompletableFuture()).isCompleted();
    }

    @Test
    void prepare_publisherHasChosen_keepsItsChoiceAndItsInstance() throws Exception {
        publishable(step);
        try (Publisher publisher = stream.publish(List.of("chosen"), Viewer.SENDER)) {
            publisher.put(Pictures.plain(32, 24, 100));
            viewer.awaitPicture(2);
            stream.prepare(recipe(other).withChoices(List.of(chosen.named()))).commit();
            publisher.put(Pictures.plain(32, 24, 100));
            assertThat(viewer.awaitPicture(3).metadata().values())
                    .containsEntry("other", 1L)
                    .containsEntry("chosen", 2L)
                    .doesNotContainKey("step");
            assertThat(stream.status().processing().processors())
                    .extracting(ProcessorStatus::name)
                    .containsExactly("other", "chosen");
        }
    }

    @Test
    void commit_publisherChoseWhileItWasPrepared_keepsItsChoice() throws Exception {
        publishable(step);
        PipelineChange change = stream.prepare(recipe(other).withChoices(List.of(chosen.named())));
        try (Publisher publisher = stream.publish(List.of("chosen"), Viewer.SENDER)) {
            assertThat(change.commit().toCompletableFuture()).isCompleted();
            publisher.put(Pictures.plain(32, 24, 100));
            assertThat(viewer.awaitPicture(2).metadata().values())
                    .containsEntry("other", 1L)
                    .containsEntry("chosen", 1L);
        }
        assertThat(other.made.get(0).closed).hasValue(0);
        change.leftover().orElseThrow().run();
        assertThat(other.made.get(0).closed).as("made in vain").hasValue(1);
    }

    @Test
    void commit_choiceNoLongerOffered_isLeftOut_andRefusedToTheNext() throws Exception {
        publishable(step);
        try (Publisher publisher = stream.publish(List.of("chosen"), Viewer.SENDER)) {
            publisher.put(Pictures.plain(32, 24, 100));
            viewer.awaitPicture(2);
            stream.prepare(recipe(step)).commit();
            publisher.put(Pictures.plain(32, 24, 100));
            assertThat(viewer.awaitPicture(3).metadata().values())
                    .containsKey("step")
                    .doesNotContainKey("chosen");
        }
        assertThat(chosen.only().closed).hasValue(1);
        assertThat(refusal(List.of("chosen"))).isEqualTo(Reason.NOT_OFFERED);
    }

    @Test
    void discard_freesWhatWasMade_andChangesNothing() {
        stream.prepare(recipe(other)).discard();
        assertThat(other.only().closed).hasValue(1);
        source.jpeg();
        assertThat(viewer.awaitPicture(2).metadata().values()).doesNotContainKey("other");
    }

    @Test
    void commit_ofTheNextSource_leavesFramesOfThePresentOneAlone_andRunsWithTheFirstOfTheNext() {
        ScriptedSource next = new ScriptedSource(16, 16);
        next.jpeg();
        stream.prepare(recipe(step)).commit();
        source.jpeg();
        viewer.awaitPicture(2);

        CompletionStage<Void> shown = stream.prepare(recipe(other)).commit(true);
        source.jpeg(); // comes between the two halves of the change
        assertThat(viewer.awaitPicture(3).metadata().values())
                .containsKey("step")
                .doesNotContainKey("other");
        assertThat(shown.toCompletableFuture()).isNotCompleted();
        stream.read(next);
        EncodedFrame first = viewer.awaitPicture(4);
        assertThat(first.width()).isEqualTo(16);
        assertThat(first.metadata().values()).containsKey("other").doesNotContainKey("step");
        assertThat(shown.toCompletableFuture()).isCompleted();
    }

    @Test
    void takePublishers_ofASource_showsNothingOfItAnyMore() {
        time.pass(Duration.ofSeconds(1));
        stream.takePublishers(NONE);
        assertThat(isOfThePicture(viewer.awaitSlate())).isFalse();
        assertThat(stream.signal().lastPicture()).isEmpty();
        assertThat(stream.lastPicture().gray()).hasValueSatisfying(past -> {
            assertThat(stream.signal().isOfPast(past.seq())).isTrue();
            past.close();
        });
    }

    @Test
    void takePublishers_ofASourceThatIsLost_replacesItsSlate() {
        source.lose();
        EncodedFrame slate = viewer.awaitSlate(time);
        assertThat(isOfThePicture(slate)).as("made from what was last seen").isTrue();
        stream.takePublishers(NONE);
        Await.until("another slate", () -> viewer.awaitSlate() != slate);
        assertThat(isOfThePicture(viewer.awaitSlate())).isFalse();
    }

    @Test
    void read_sourceHangsWhileOpening_showsNewcomersNothingOfThePublisher() throws Exception {
        stream.takePublishers(NONE);
        try (Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            publisher.put(Pictures.plain(32, 24, 100));
            viewer.awaitPicture(2);
            stream.read(new ScriptedSource(16, 16));
            Await.until("it is being opened", () -> stream.signal().state() == StreamState.STARTING);
            try (Viewer newcomer = new Viewer(stream, Rendition.DEFAULT)) {
                assertThat(newcomer.awaitSlate(time).metadata().values()).containsEntry("state", "STARTING");
                assertThat(newcomer.pictures()).isEmpty();
            }
            assertThat(viewer.awaitSlate(time).metadata().values()).containsEntry("state", "STARTING");
        }
    }

    @Test
    void read_slateWasMadeOfThePublishersPicture_showsItToNoNewcomer() throws Exception {
        stream.takePublishers(NONE);
        try (Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            publisher.put(Pictures.plain(32, 24, 100));
            viewer.awaitPicture(2);
        }
        long picture = viewer.pictures().get(1).captureNanos();
        Await.until("its slate", () -> viewer.awaitSlate().captureNanos() == picture);
        stream.read(new ScriptedSource(16, 16));
        Await.until("it is being opened", () -> stream.signal().state() == StreamState.STARTING);
        try (Viewer newcomer = new Viewer(stream, Rendition.DEFAULT)) {
            Await.until("it has joined", () -> !newcomer.states.isEmpty());
            assertThat(newcomer.shown()).isZero();
        }
    }

    @Test
    void read_frameIsStillInASlowStep_isShownToNobody() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        stream.prepare(recipe(step)).commit();
        source.jpeg();
        viewer.awaitPicture(2);
        step.only().onProcess = () -> {
            begun.countDown();
            awaitOrFail(goOn);
        };
        source.jpeg();
        awaitOrFail(begun);
        ScriptedSource next = new ScriptedSource(16, 16);
        stream.read(next);
        goOn.countDown();
        Await.until("it has left", () -> stream.status().pictures().frames() == 3);
        Await.until("a picture of the next source", () -> {
            next.jpeg(); // the encoder may still be busy with the one that is not shown, and skip this one
            return viewer.pictures().size() > 2;
        });
        assertThat(viewer.awaitPicture(3).width()).isEqualTo(16);
    }

    /** A slate that is made from a picture has its capture time. */
    private boolean isOfThePicture(EncodedFrame slate) {
        return slate.captureNanos() == viewer.pictures().get(0).captureNanos();
    }

    private static void awaitOrFail(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void publishable(Probe.Maker always) {
        PipelineRecipe recipe = recipe(always).withChoices(List.of(chosen.named()));
        PipelineChange change = stream.prepare(recipe);
        stream.takePublishers(recipe);
        change.commit();
    }

    private Reason refusal(List<String> choice) {
        try (Publisher publisher = stream.publish(choice, Viewer.SENDER)) {
            throw new AssertionError("it was taken: " + publisher);
        } catch (RefusedException e) {
            return e.reason();
        }
    }

    private static PipelineRecipe recipe(Probe.Maker... steps) {
        return PipelineRecipe.of(Arrays.stream(steps).map(Probe.Maker::named).toList());
    }
}
