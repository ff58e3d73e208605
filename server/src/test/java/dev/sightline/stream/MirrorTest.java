package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.Frame;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.InteractiveProcessor;
import dev.sightline.processor.ViewerInput;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.stream.status.ViewerStatus;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Pictures;
import dev.sightline.worker.WorkNote;
import dev.sightline.worker.WorkNotes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MirrorTest {
    private final VirtualTime time = new VirtualTime();
    private final StreamRegistry registry = new StreamRegistry(time.streams());
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger freed = new AtomicInteger();
    private final PipelineRecipe recipe =
            PipelineRecipe.of(List.of(new NamedProcessor("step", () -> new FrameProcessor() {
                private final int instance = made.incrementAndGet();

                @Override
                public void process(Frame frame) {
                    frame.metadata().put("instance", instance);
                }

                @Override
                public void close() {
                    freed.incrementAndGet();
                }
            })));

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
    void prepare_otherSteps_runForPresentSenders_andCount() throws Exception {
        Probe.Maker more = new Probe.Maker("more");
        Mirror mirror = registry.startMirror("each", recipe, 8);
        try (Sending sending = new Sending(mirror)) {
            Object before = sending.instance();
            PipelineChange change =
                    mirror.prepare(PipelineRecipe.of(List.of(recipe.configured().get(0), more.named())));
            assertThat(made).as("only tried").hasValue(2);
            assertThat(more.only().closed).hasValue(1);
            change.commit();

            assertThat(sending.instance()).as("its step goes on").isEqualTo(before);
            assertThat(more.made).hasSize(2);
        }
        Await.until("both pipelines are closed", () -> more.made.get(1).closed.get() == 1);
        assertThat(mirror.status().processing().processors())
                .extracting(ProcessorStatus::name, ProcessorStatus::processed, ProcessorStatus::chosen)
                .containsExactly(tuple("step", 2L, false), tuple("more", 1L, false));
    }

    @Test
    void prepare_choiceNoLongerOffered_isLeftOutForPresentSenders() throws Exception {
        Probe.Maker first = new Probe.Maker("first");
        Probe.Maker second = new Probe.Maker("second");
        PipelineRecipe own = PipelineRecipe.of(List.of());
        Mirror mirror = registry.startMirror("each", own.withChoices(List.of(first.named(), second.named())), 8);
        try (Sending sending = new Sending(mirror, List.of("second", "first"))) {
            sending.instance();
            mirror.prepare(own.withChoices(List.of(first.named()))).commit();
            sending.instance();
        }
        assertThat(first.only().frames).isEqualTo(2);
        assertThat(second.only().frames).isEqualTo(1);
        assertThat(refused(() -> mirror.checkChoice(List.of("second"))).reason())
                .isEqualTo(Reason.NOT_OFFERED);
    }

    @Test
    void limitSenders_fewer_keepsThePresentOnes() throws Exception {
        Mirror mirror = registry.startMirror("each", recipe, 8);
        try (Sending one = new Sending(mirror);
                Sending two = new Sending(mirror)) {
            mirror.limitSenders(1);
            one.instance();
            two.instance();
            assertThat(refused(() -> mirror.publish(List.of(), Viewer.SENDER)).reason())
                    .isEqualTo(Reason.LIMIT);
        }
    }

    @Test
    void find_nameLongerThanOneMayBe_namesNoNearest() {
        registry.startMirror("a".repeat(64), recipe, 8);
        assertThat(refused(() -> registry.find("a".repeat(63) + "b")).nearest()).containsExactly("a".repeat(64));
        assertThat(refused(() -> registry.find("a".repeat(65))).nearest()).isEmpty();
    }

    private static RefusedException refused(ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(RefusedException.class, call);
    }

    @Test
    void publish_eachSession_hasAPipelineOfItsOwnAndFreesItAtItsEnd() throws Exception {
        Mirror mirror = registry.startMirror("each", recipe, 8);
        try (Sending one = new Sending(mirror);
                Sending two = new Sending(mirror)) {
            Object first = one.instance();
            assertThat(two.instance()).isNotEqualTo(first);
            assertThat(one.instance()).isEqualTo(first);
            assertThat(mirror.status().viewers()).isEqualTo(2);
            assertThat(mirror.status().state()).isEqualTo(StreamState.LIVE);
        }
        Await.until("both pipelines are closed", () -> freed.get() == 2);
        StreamStatus after = mirror.status();
        assertThat(after.viewers()).isZero();
        assertThat(after.state()).isEqualTo(StreamState.IDLE);
        assertThat(after.reason()).contains("nobody sends pictures now: open /publish/each");
        assertThat(after.frames()).isEqualTo(3);
        assertThat(after.processing().processors())
                .extracting(ProcessorStatus::processed)
                .containsExactly(3L);
        assertThat(after.pictures().width()).isEqualTo(64);
        assertThat(after.pictures().latency().source().count()).isEqualTo(3);
        assertThat(after.pictures().latency().encode().count()).isEqualTo(3);
    }

    @Test
    void status_processorsTakeInputs_namesThemOnceASenderHasMadeOne() throws Exception {
        PipelineRecipe recipe = PipelineRecipe.of(List.of(new NamedProcessor("pointed", Pointed::new)));
        Mirror mirror = registry.startMirror("each", recipe, 8);
        assertThat(mirror.status().processing().inputs()).isEmpty();
        try (Sending sending = new Sending(mirror)) {
            sending.instance();
            assertThat(mirror.status().processing().inputs()).containsExactly("click", "key");
        }
        assertThat(mirror.status().processing().inputs()).as("it is left").containsExactly("click", "key");
        mirror.prepare(PipelineRecipe.of(List.of())).commit();
        assertThat(mirror.status().processing().inputs()).isEmpty();
    }

    @Test
    void viewers_areTheSenders_eachIsDisconnectedAlone() throws Exception {
        Mirror mirror = registry.startMirror("each", recipe, 8);
        try (Sending one = new Sending(mirror);
                Sending two = new Sending(mirror)) {
            one.instance();
            List<ViewerStatus> told = mirror.viewers(10);
            assertThat(told).hasSize(2);
            assertThat(told.get(0).delivered()).isEqualTo(1);
            assertThat(mirror.viewers(1))
                    .extracting(ViewerStatus::id)
                    .containsExactly(told.get(0).id());

            assertThat(mirror.disconnect(told.get(1).id())).isTrue();
            Await.until("the second is asked", () -> two.viewer.ended);
            Await.until("the second is gone", () -> mirror.viewers(10).size() == 1);
            assertThat(one.viewer.ended).isFalse();
            assertThat(mirror.disconnect(told.get(1).id())).isFalse();
        }
        assertThat(mirror.viewers(10)).isEmpty();
    }

    @Test
    void publish_session_isInNoRegistryAndShowsNoSlates() throws Exception {
        Mirror mirror = registry.startMirror("each", recipe, 8);
        try (Sending sending = new Sending(mirror)) {
            sending.instance();
            assertThat(registry.all()).extracting(NamedStream::name).containsExactly("each");
            time.pass(Duration.ofSeconds(5));
            Await.until("silent", () -> sending.viewer.states.contains(StreamState.OFFLINE));
            assertThat(sending.viewer.pictures()).hasSize(1);
            assertThat(sending.viewer.shown()).isEqualTo(1);
        }
    }

    /** Who comes back has another session, and would never be charged often enough. */
    @Test
    void publish_workOnASession_isNotedAsTheMirrors() throws Exception {
        Set<String> noted = ConcurrentHashMap.newKeySet();
        WorkNotes notes = new WorkNotes() {
            @Override
            public WorkNote note(String stream) {
                noted.add(stream);
                return WorkNote.NONE;
            }

            @Override
            public WorkNote waiting(String stream) {
                return note(stream);
            }
        };
        try (StreamRegistry noting = new StreamRegistry(CaptureClock.system(), notes);
                Sending sending = new Sending(noting.startMirror("each", recipe, 8))) {
            sending.instance();
            assertThat(noted).containsExactly("each");
        }
    }

    @Test
    void openSession_moreThanTwiceAsManyAsMaySend_isRefused() throws Exception {
        Mirror mirror = registry.startMirror("each", recipe, 1);
        mirror.openSession("each~1", List.of("gone"), 0);
        LiveStream second = mirror.openSession("each~2", List.of(), 0);
        assertThat(refused(() -> mirror.openSession("each~3", List.of(), 0)).reason())
                .isEqualTo(Reason.LIMIT);
        second.close();
        second.awaitEnd(Long.MAX_VALUE);
        assertThat(mirror.openSession("each~3", List.of(), 0).name()).isEqualTo("each~3");
    }

    @Test
    void publish_full_isRefusedUntilOneIsSilent() throws Exception {
        Mirror mirror = registry.startMirror("each", recipe, 1);
        try (Sending first = new Sending(mirror)) {
            first.instance();
            assertThatThrownBy(() -> mirror.publish(List.of(), Viewer.SENDER))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT));
            // The first sends nothing more: in the end it gives way.
            time.pass(Duration.ofMillis(4_500));
            Await.until("there is room", () -> {
                try {
                    mirror.publish(List.of(), Viewer.SENDER).close();
                    return true;
                } catch (RefusedException e) {
                    return false;
                }
            });
            Await.until("the first was told", () -> first.viewer.ended);
            assertThatThrownBy(() -> first.publisher.put(Pictures.plain(64, 48, 0)))
                    .isInstanceOf(RefusedException.class);
        }
    }

    /** Who goes and comes again gets no second thread while the first still works for him. */
    @Test
    void publish_lastPictureOfOneWhoIsGoneIsWorkedOn_isRefusedUntilThatIsDone() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FrameProcessor slow = frame -> {
            begun.countDown();
            goOn.await();
        };
        Mirror mirror =
                registry.startMirror("each", PipelineRecipe.of(List.of(new NamedProcessor("slow", () -> slow))), 1);
        try (Publisher publisher = mirror.publish(List.of(), Viewer.SENDER)) {
            publisher.put(Pictures.plain(64, 48, 100));
            begun.await();
        }
        assertThatThrownBy(() -> mirror.publish(List.of(), Viewer.SENDER)).isInstanceOf(RefusedException.class);
        assertThat(mirror.status().viewers()).isZero();
        goOn.countDown();
        Await.until("there is room", () -> {
            try {
                mirror.publish(List.of(), Viewer.SENDER);
                return true;
            } catch (RefusedException e) {
                return false;
            }
        });
    }

    @Test
    void close_registry_endsSessionsAndOpensNoMore() throws Exception {
        Mirror mirror = registry.startMirror("each", recipe, 8);
        Sending sending = new Sending(mirror);
        sending.instance();
        registry.close();
        assertThat(freed).hasValue(1);
        Await.until("the sender was told", () -> sending.viewer.ended);
        assertThatThrownBy(() -> mirror.publish(List.of(), Viewer.SENDER)).isInstanceOf(RefusedException.class);
        sending.close();
    }

    @Test
    void statuses_mirrorsAmongStreams_standInTheOrderOfTheConfiguration() {
        registry.startMirror("b", recipe, 8);
        registry.start("a", new ScriptedSource(64, 48), Pipeline.of(List.of()), false);
        registry.startPublished("c", recipe);
        assertThat(registry.statuses())
                .extracting(StreamStatus::name, status -> status.signal().source())
                .containsExactly(tuple("b", "mirror:"), tuple("a", "scripted:"), tuple("c", "publish:"));
        assertThatThrownBy(() -> registry.startMirror("a", recipe, 8)).hasMessageContaining("already");
    }

    @Test
    void find_name_isAStreamAMirrorOrUnknown() throws Exception {
        LiveStream stream = registry.start("a", new ScriptedSource(64, 48), Pipeline.of(List.of()), false);
        Mirror mirror = registry.startMirror("each", recipe, 8);
        assertThat(registry.find("a")).isSameAs(stream);
        assertThat(registry.find("each")).isSameAs(mirror);
        assertThat(refused(() -> registry.find("eahc"))).satisfies(unknown -> {
            assertThat(unknown.reason()).isEqualTo(Reason.UNKNOWN);
            assertThat(unknown.nearest()).containsExactly("each");
        });
        assertThat(registry.watchable("a")).isSameAs(stream);
        assertThat(refused(() -> registry.watchable("each")).reason()).isEqualTo(Reason.WRONG_KIND);
    }

    /** One sender, who sees what it gets back. */
    private static final class Pointed implements InteractiveProcessor {
        @Override
        public Set<String> inputs() {
            return Set.of("key", "click");
        }

        @Override
        public void input(ViewerInput input, Optional<Frame> shown) {}

        @Override
        public void process(Frame frame) {}
    }

    private static final class Sending implements AutoCloseable {
        private final Viewer viewer;
        private final Publisher publisher;

        Sending(Mirror mirror) throws Exception {
            this(mirror, List.of());
        }

        Sending(Mirror mirror, List<String> chosen) throws Exception {
            publisher = mirror.publish(chosen, Viewer.SENDER);
            viewer = new Viewer(publisher.stream(), Rendition.DEFAULT);
        }

        Object instance() throws Exception {
            int before = viewer.pictures().size();
            publisher.put(Pictures.plain(64, 48, 100));
            return viewer.awaitPicture(before + 1).metadata().values().get("instance");
        }

        @Override
        public void close() {
            publisher.close();
            viewer.close();
        }
    }
}
