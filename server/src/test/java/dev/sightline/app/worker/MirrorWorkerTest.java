package dev.sightline.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.Mirror;
import dev.sightline.stream.Publisher;
import dev.sightline.stream.RemotePlan;
import dev.sightline.stream.RemoteWorker;
import dev.sightline.stream.Sender;
import dev.sightline.stream.SenderFrameId;
import dev.sightline.stream.SentPicture;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Pictures;
import dev.sightline.worker.Death;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A mirror whose senders' pictures are worked on in a worker, and both halves of it in this process. */
class MirrorWorkerTest {
    private static final Death CRASH = new Death(Death.Cause.CRASH, "it crashed with SIGSEGV", Set.of());
    private static final PipelineRecipe RECIPE = recipe("gray");

    private final StreamRegistry registry = new StreamRegistry();
    private final RemoteWorker worker = new RemoteWorker("cams");
    private final List<MemoryLink> links = new ArrayList<>();
    private final List<Sending> senders = new ArrayList<>();

    @AfterEach
    void close() {
        senders.forEach(Sending::close);
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

    /** What the server knows of the steps: their names. */
    private static PipelineRecipe recipe(String... choices) {
        List<NamedProcessor> offered = new ArrayList<>();
        for (String name : choices) {
            offered.add(new NamedProcessor(name, () -> {
                throw new AssertionError("made in the server");
            }));
        }
        FrameProcessor nothing = frame -> {};
        return PipelineRecipe.of(List.of(new NamedProcessor("resize", () -> nothing)))
                .withChoices(offered);
    }

    private static RemotePlan plan(int width, int senders) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("source", "mirror:");
        settings.put("process", "resize:width=" + width);
        settings.put("client-processors", List.of("grayscale"));
        settings.put("max-senders", senders);
        return new RemotePlan(
                settings, List.of(), Map.of(), "", "mirror:", UnaryOperator.identity(), Optional.of(RECIPE));
    }

    private Mirror mirror(int senders) {
        return registry.startRemoteMirror("each", recipe("grayscale"), senders, worker, plan(32, senders));
    }

    private Sending send(Mirror mirror, String... chosen) throws RefusedException {
        Sending sending = new Sending(mirror, List.of(chosen));
        senders.add(sending);
        return sending;
    }

    @Test
    void publish_eachSender_getsItsOwnResults() throws Exception {
        Mirror mirror = mirror(8);
        up();
        Sending one = send(mirror);
        Sending two = send(mirror, "grayscale");

        one.put(1);
        two.put(7);
        EncodedFrame first = one.awaitResultOf(1);
        two.awaitResultOf(7);

        assertThat(first.width()).isEqualTo(32);
        assertThat(mirror.status().viewers()).isEqualTo(2);
        assertThat(mirror.status().signal().worker())
                .contains(new StreamStatus.InWorker("cams", StreamStatus.InWorker.State.UP));
        Await.until("counted", () -> mirror.status().frames() == 2);
        Await.until(
                "what was chosen is told",
                () -> mirror.status().processing().processors().stream()
                        .anyMatch(step -> step.name().equals("grayscale") && step.processed() == 1 && step.chosen()));
        assertThat(one.results()).noneMatch(frame -> frame.metadata().values().containsKey("state"));
    }

    @Test
    void publish_beforeThereIsAProcess_theNewestPictureIsAnsweredByTheFirst() throws Exception {
        Mirror mirror = mirror(8);
        Sending sending = send(mirror);
        sending.put(1);
        sending.put(2);

        up();

        sending.awaitResultOf(2);
    }

    @Test
    void down_senderStays_andIsAnsweredByTheNextProcessWithHigherNumbers() throws Exception {
        Mirror mirror = mirror(8);
        MemoryLink process = up();
        Sending sending = send(mirror, "grayscale");
        for (int i = 1; i <= 5; i++) {
            sending.put(i);
            sending.awaitResultOf(i);
        }

        crash(process);
        assertThat(mirror.status().signal().worker())
                .contains(new StreamStatus.InWorker("cams", StreamStatus.InWorker.State.STARTING));
        sending.put(6);
        up();

        sending.awaitResultOf(6);
        assertThat(sending.watcher.numbers()).isSorted().doesNotHaveDuplicates();
        assertThat(sending.watcher.ended).isFalse();
        assertThat(sending.results())
                .noneMatch(frame -> frame.metadata().values().containsKey("state"));
    }

    @Test
    void configure_otherSteps_presentSendersSeeThem() throws Exception {
        Mirror mirror = mirror(8);
        up();
        Sending sending = send(mirror);
        sending.put(1);
        sending.awaitResultOf(1);

        worker.configure("each", plan(16, 8)).toCompletableFuture().join();

        sending.put(2);
        assertThat(sending.awaitResultOf(2).width()).isEqualTo(16);
    }

    @Test
    void quarantined_sendersLearnWhy_untilItIsReleased() throws Exception {
        Mirror mirror = mirror(8);
        MemoryLink process = up();
        Sending present = send(mirror);
        present.put(1);
        present.awaitResultOf(1);

        crash(process);
        worker.quarantined("each", "it crashed with SIGSEGV", Duration.ofSeconds(30));
        up();
        Sending later = send(mirror);
        for (Sending each : List.of(present, later)) {
            Await.until("offline", () -> each.publisher.stream().status().state() == StreamState.OFFLINE);
            assertThat(each.publisher.stream().status().reason().orElseThrow())
                    .contains("kept out of worker 'cams' for 30 s");
        }
        assertThat(mirror.status().signal().worker())
                .contains(new StreamStatus.InWorker("cams", StreamStatus.InWorker.State.QUARANTINED));

        worker.released("each");
        for (Sending each : List.of(present, later)) {
            each.put(9);
            each.awaitResultOf(9);
        }
    }

    @Test
    void senderLeaves_itsPlaceIsFree_andSoIsTheWorkers() throws Exception {
        Mirror mirror = mirror(1);
        up();
        for (int i = 1; i <= 10; i++) {
            Sending sending = send(mirror);
            sending.put(i);
            sending.awaitResultOf(i);
            sending.close();
        }
        assertThat(mirror.status().viewers()).isZero();
        assertThat(mirror.status().state()).isEqualTo(StreamState.IDLE);
    }

    @Test
    void remove_sendersAreTold_andTheWorkerForgetsThem() throws Exception {
        Mirror mirror = mirror(8);
        up();
        Sending sending = send(mirror);
        sending.put(1);
        sending.awaitResultOf(1);

        registry.remove("each");

        Await.until("told", () -> sending.watcher.ended);
        assertThat(worker.plans()).isEmpty();
    }

    /** A sender, who sees what comes back. */
    private static final class Sending implements AutoCloseable {
        private static final byte[] PICTURE = Pictures.plain(64, 48, 128);

        final Publisher publisher;
        final Watcher watcher;

        Sending(Mirror mirror, List<String> chosen) throws RefusedException {
            publisher = mirror.publish(chosen, new Sender("test", "192.0.2.1", why -> {}));
            watcher = new Watcher(publisher.stream(), Rendition.DEFAULT);
        }

        void put(long id) throws Exception {
            publisher.put(new SentPicture(PICTURE, Optional.of(new SenderFrameId(id, 0))));
        }

        EncodedFrame awaitResultOf(long id) {
            Await.until("the result of " + id, () -> result(id).isPresent());
            return result(id).orElseThrow();
        }

        private Optional<EncodedFrame> result(long id) {
            return watcher.frames.stream()
                    .filter(frame -> SenderFrameId.of(frame)
                            .filter(from -> from.seq() == id)
                            .isPresent())
                    .findFirst();
        }

        List<EncodedFrame> results() {
            return watcher.frames;
        }

        @Override
        public void close() {
            publisher.close();
            watcher.close();
        }
    }
}
