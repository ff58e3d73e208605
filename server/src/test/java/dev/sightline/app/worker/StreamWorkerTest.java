package dev.sightline.app.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.codec.PictureException;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.processor.ViewerInput;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.EncodedVideo;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Publisher;
import dev.sightline.stream.RemotePlan;
import dev.sightline.stream.RemoteWorker;
import dev.sightline.stream.Sender;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.testkit.Await;
import dev.sightline.worker.Death;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both halves of a stream in a worker, joined by a link within this process. */
class StreamWorkerTest {
    private static final Rendition VP8 = new Rendition.Video(Codec.VP8, Rendition.SOURCE_WIDTH, 500_000);
    private static final Death CRASH = new Death(Death.Cause.CRASH, "it crashed with SIGSEGV", Set.of());

    private final StreamRegistry registry = new StreamRegistry();
    private final RemoteWorker worker = new RemoteWorker("cams");
    private final List<Watcher> watchers = new ArrayList<>();
    private final List<MemoryLink> links = new ArrayList<>();

    @AfterEach
    void close() {
        watchers.forEach(Watcher::close);
        registry.close();
        links.forEach(MemoryLink::close);
    }

    private MemoryLink up() {
        MemoryLink process = MemoryLink.toProcess(worker);
        links.add(process);
        return process;
    }

    private void crash(MemoryLink process) {
        process.close();
        worker.down(CRASH);
    }

    private static RemotePlan plan(String source, String process) {
        Map<String, Object> settings =
                process.isEmpty() ? Map.of("source", source) : Map.of("source", source, "process", process);
        return new RemotePlan(
                settings, List.of(), Map.of(), "", source, text -> text.replace("secret", "***"), Optional.empty());
    }

    private LiveStream pattern() {
        return registry.startRemote("cam", worker, plan("pattern:160x120@30", ""));
    }

    private Watcher watch(LiveStream stream, Rendition rendition) throws RefusedException {
        Watcher watcher = new Watcher(stream, rendition);
        watchers.add(watcher);
        return watcher;
    }

    @Test
    void watch_jpeg_framesComeWithTheirIdentity() throws Exception {
        LiveStream stream = pattern();
        up();
        Watcher viewer = watch(stream, Rendition.DEFAULT);

        viewer.await(10);

        assertThat(viewer.frames).allSatisfy(frame -> {
            assertThat(frame.codec()).isEqualTo(Codec.MJPEG);
            assertThat(frame.width()).isEqualTo(160);
            assertThat(ISO_8859_1.decode(frame.data()).toString()).contains("\"seq\":" + frame.seq());
        });
        assertThat(viewer.numbers()).isSorted().doesNotHaveDuplicates();
        Await.until("live", () -> stream.status().state() == StreamState.LIVE);
        Await.until("counted", () -> stream.status().frames() >= 10);
        assertThat(stream.status().signal().source()).isEqualTo("pattern:160x120@30");
        assertThat(stream.status().viewers()).isEqualTo(1);
        assertThat(stream.status().renditions()).singleElement().satisfies(track -> {
            assertThat(track.rendition()).isEqualTo(Rendition.DEFAULT);
            assertThat(track.viewers()).isEqualTo(1);
        });
    }

    @Test
    void down_viewersStay_slateThenHigherNumbersWithAKeyframeFirst() throws Exception {
        registry.continueAfter("cam", 1_000_000); // the next process does not reach it by counting
        LiveStream stream = pattern();
        MemoryLink process = up();
        Watcher jpeg = watch(stream, Rendition.DEFAULT);
        Watcher video = watch(stream, VP8);
        jpeg.await(5);
        video.await(5);

        crash(process);
        Await.until("slates", () -> jpeg.newestIs("OFFLINE") && video.newestIs("OFFLINE"));
        assertThat(stream.status().reason()).contains("worker 'cams' is started again: it crashed with SIGSEGV");
        assertThat(stream.status().signal().worker())
                .contains(new StreamStatus.InWorker("cams", StreamStatus.InWorker.State.STARTING));
        long before = stream.status().frames();
        int slateOfVideo = video.frames.size() - 1;
        up();
        int jpegs = jpeg.frames.size();
        int videos = video.frames.size();
        jpeg.await(jpegs + 5);
        video.await(videos + 5);

        Await.until("live", () -> stream.status().state() == StreamState.LIVE);
        assertThat(stream.status().signal().worker())
                .contains(new StreamStatus.InWorker("cams", StreamStatus.InWorker.State.UP));
        assertThat(jpeg.numbers()).isSorted().doesNotHaveDuplicates();
        assertThat(video.numbers()).isSorted().doesNotHaveDuplicates();
        assertThat(video.frames.get(slateOfVideo).keyframe()).isTrue();
        assertThat(video.frames.get(slateOfVideo + 1).keyframe()).isTrue();
        assertThat(jpeg.ended).isFalse();
        assertThat(jpeg.frames)
                .extracting(EncodedFrame::presentationNanos)
                .as("time does not go back")
                .isSorted();
        Await.until("counts go on", () -> stream.status().frames() > before);
    }

    /** A halted process that is killed too late wakes up, for example. */
    @Test
    void down_processThatStillSends_isNotHeard() throws Exception {
        LiveStream stream = pattern();
        up();
        Watcher viewer = watch(stream, Rendition.DEFAULT);
        viewer.await(5);

        worker.down(CRASH);
        worker.configure("cam", plan("pattern:80x60@30", ""));
        up();
        Await.until("the next process", () -> viewer.newest().width() == 80 && !viewer.newestIs("OFFLINE"));
        int seen = viewer.frames.size();
        viewer.await(seen + 20);

        assertThat(viewer.frames.stream().skip(seen))
                .extracting(EncodedFrame::width)
                .containsOnly(80);
    }

    @Test
    void fullLink_videoGoesOnWithAKeyframe() throws Exception {
        LiveStream stream = pattern();
        MemoryLink process = up();
        Watcher video = watch(stream, VP8);
        video.await(5);

        process.full = true;
        long last = stream.status().frames();
        Await.until("frames are lost", () -> stream.status().frames() > last + 10);
        int seen = video.frames.size();
        process.full = false;
        video.await(seen + 1);

        assertThat(video.frames.get(seen).keyframe()).isTrue();
    }

    @Test
    void configure_otherSteps_sameViewerSeesThem() throws Exception {
        LiveStream stream = pattern();
        up();
        Watcher viewer = watch(stream, Rendition.DEFAULT);
        viewer.await(3);

        worker.configure("cam", plan("pattern:160x120@30", "grayscale,resize:width=80"))
                .toCompletableFuture()
                .join();

        Await.until("the new width", () -> viewer.newest().width() == 80);
        Await.until("told", () -> stream.status().processing().processors().size() == 2);
        assertThat(viewer.numbers()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void configure_unknownStep_isRefusedAndNothingChanges() throws Exception {
        LiveStream stream = pattern();
        MemoryLink process = up();
        Watcher viewer = watch(stream, Rendition.DEFAULT);
        viewer.await(3);

        assertThatThrownBy(() -> worker.configure("cam", plan("pattern:160x120@30", "nonsense"))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("nonsense");

        viewer.await(viewer.frames.size() + 3);
        crash(process);
        up();
        viewer.await(viewer.frames.size() + 3);
        Await.until("the plan before", () -> stream.status().state() == StreamState.LIVE);
    }

    @Test
    void start_streamThatCannotBe_isOfflineWithTheReason() {
        LiveStream stream = registry.startRemote("cam", worker, plan("pattern:160x120@30", "nonsense"));
        up();

        Await.until("offline", () -> stream.status().state() == StreamState.OFFLINE);
        assertThat(stream.status().reason().orElseThrow()).contains("nonsense");
    }

    @Test
    void reason_isShownWithoutSecrets() {
        LiveStream stream = registry.startRemote("cam", worker, plan("file:secret.mp4", ""));
        up();

        Await.until("offline", () -> stream.status().state() == StreamState.OFFLINE);
        assertThat(stream.status().reason().orElseThrow()).contains("***").doesNotContain("secret");
    }

    @Test
    void quarantined_streamStaysOffline_untilReleased() throws Exception {
        LiveStream stream = pattern();
        LiveStream neighbour = registry.startRemote("other", worker, plan("pattern:160x120@30", ""));
        MemoryLink process = up();
        watch(stream, Rendition.DEFAULT).await(3);

        crash(process);
        worker.quarantined("cam", "it crashed with SIGSEGV", Duration.ofSeconds(30));
        up();

        Await.until("the neighbour", () -> neighbour.status().state() == StreamState.LIVE);
        assertThat(stream.status().state()).isEqualTo(StreamState.OFFLINE);
        assertThat(stream.status().reason().orElseThrow()).contains("kept out of worker 'cams' for 30 s");

        worker.released("cam");
        Await.until("released", () -> stream.status().state() == StreamState.LIVE);
    }

    @Test
    void publish_videoThroughTheWorker_asksForAKeyframeAndGoesOnAfterADeath() throws Exception {
        PipelineRecipe recipe = PipelineRecipe.of(List.of());
        LiveStream stream = registry.startRemote(
                "me",
                worker,
                new RemotePlan(
                        Map.of("source", "publish:"),
                        List.of(),
                        Map.of(),
                        "",
                        "publish:",
                        UnaryOperator.identity(),
                        Optional.of(recipe)));
        MemoryLink process = up();
        Watcher viewer = watch(stream, Rendition.DEFAULT);
        List<EncodedFrame> film = film();
        AtomicInteger asked = new AtomicInteger();
        List<String> disconnected = new CopyOnWriteArrayList<>();

        try (Publisher publisher = stream.publish(List.of(), new Sender("test", "192.0.2.1", disconnected::add))) {
            publisher.onKeyframeWanted(asked::incrementAndGet);
            play(publisher, film);
            Await.until("shown", () -> viewer.newest().width() == 160 && !viewer.newestIs("OFFLINE"));

            crash(process);
            asked.set(0);
            up();
            assertThat(asked).as("asked before the next frame").hasPositiveValue();
            asked.set(0);
            Await.until("asked for a keyframe", () -> {
                put(publisher, film.get(film.size() - 1));
                return asked.get() > 0;
            });
            int seen = viewer.frames.size();
            Await.until("shown again", () -> {
                play(publisher, film);
                return viewer.frames.stream()
                        .skip(seen)
                        .anyMatch(frame -> frame.metadata().values().get("state") == null);
            });
            assertThat(disconnected).isEmpty();
        }
        Await.until("left", () -> stream.status().reason().orElse("").contains("the sender has left"));
        assertThat(viewer.numbers()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void input_isRefusedUnlessAStepTakesIt() throws Exception {
        LiveStream stream = pattern();
        up();
        watch(stream, Rendition.DEFAULT).await(2);

        assertThat(stream.takesInput()).isFalse();
        assertThatThrownBy(() -> stream.input(new ViewerInput("click", 1, Map.of())))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("no processor of stream 'cam' takes input");
    }

    @Test
    void remove_viewersAreTold() throws Exception {
        LiveStream stream = pattern();
        up();
        Watcher viewer = watch(stream, Rendition.DEFAULT);
        viewer.await(2);

        registry.remove("cam");

        Await.until("told", () -> viewer.ended);
        assertThat(worker.plans()).isEmpty();
    }

    private static void play(Publisher publisher, List<EncodedFrame> film) {
        film.forEach(frame -> put(publisher, frame));
    }

    private static void put(Publisher publisher, EncodedFrame frame) {
        try {
            publisher.put(video(frame));
        } catch (PictureException | RefusedException e) {
            throw new AssertionError(e);
        }
    }

    private static EncodedVideo video(EncodedFrame frame) {
        byte[] bytes = new byte[frame.size()];
        frame.data().get(bytes);
        return new EncodedVideo(frame.codec(), bytes, frame.keyframe());
    }

    /** Some frames of VP8, the first of which is a keyframe. */
    private List<EncodedFrame> film() throws Exception {
        RemoteWorker other = new RemoteWorker("film");
        StreamRegistry studio = new StreamRegistry();
        try {
            LiveStream stream = studio.startRemote("film", other, plan("pattern:160x120@30", ""));
            links.add(MemoryLink.toProcess(other));
            Watcher viewer = watch(stream, VP8);
            viewer.await(5);
            return viewer.frames.subList(0, 5).stream().toList();
        } finally {
            studio.close();
        }
    }
}
