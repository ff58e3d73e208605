package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.fanout.ViewerIdentity;
import dev.sightline.stream.status.ViewerStatus;
import dev.sightline.testkit.PushSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewersTest {
    private static final Rendition SMALL = Rendition.jpeg(32, 80);

    private final VirtualTime time = new VirtualTime();
    private final StreamRegistry registry = new StreamRegistry(time.streams());
    private final PushSource source = new PushSource(64, 48);
    private final LiveStream stream = registry.start("cam", source, Pipeline.of(List.of()), false);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void viewers_eachOfATransport_inTheOrderOfArrivalWithWhatIsKnown() throws Exception {
        ViewerIdentity early = somebody("mjpeg");
        ViewerIdentity late = somebody("websocket");
        try (Viewer second = new Viewer(stream, SMALL, late)) {
            time.pass(Duration.ofSeconds(1));
            try (Viewer first = new Viewer(stream, Rendition.DEFAULT, early)) {
                first.stopped = true;
                source.push();
                first.awaitPicture(1, time);
                second.awaitPicture(1, time);
                time.until("one is dropped", () -> {
                    source.push();
                    return stream.viewers(1).get(0).dropped() >= 1;
                });

                List<ViewerStatus> told = stream.viewers(10);
                assertThat(told).extracting(ViewerStatus::id).containsExactly(early.id(), late.id());
                assertThat(told).extracting(ViewerStatus::transport).containsExactly("mjpeg", "websocket");
                assertThat(told).extracting(ViewerStatus::address).containsOnly("192.0.2.1");
                assertThat(told)
                        .extracting(ViewerStatus::rendition)
                        .containsExactly("mjpeg source q80", SMALL.describe());
                assertThat(told.get(0).delivered()).isEqualTo(first.shown());
                assertThat(Duration.between(told.get(1).since(), told.get(0).since()))
                        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
                assertThat(stream.viewers(1)).extracting(ViewerStatus::id).containsExactly(early.id());
            }
            assertThat(stream.viewers(10)).extracting(ViewerStatus::id).containsExactly(late.id());
        }
        assertThat(stream.viewers(10)).isEmpty();
    }

    @Test
    void viewers_oneThatChangesItsRendition_staysOneWhoseCountsGoOn() throws Exception {
        ViewerIdentity identity = somebody("webrtc");
        Viewer former = new Viewer(stream, Rendition.DEFAULT, identity);
        source.push();
        former.awaitPicture(1, time);
        ViewerStatus before = only();
        time.pass(Duration.ofSeconds(1));
        try (Viewer next = new Viewer(stream, SMALL, identity)) {
            assertThat(only().rendition()).isEqualTo("mjpeg source q80");
            former.close();
            source.push();
            next.awaitPicture(1, time);

            ViewerStatus after = only();
            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.since()).isEqualTo(before.since());
            assertThat(after.rendition()).isEqualTo(SMALL.describe());
            assertThat(after.delivered()).isEqualTo(former.shown() + next.shown());
        }
    }

    @Test
    void subscribe_full_refusesANewcomer_butNotAnotherRenditionOfAViewer() throws Exception {
        stream.limitViewers(1);
        ViewerIdentity identity = somebody("webrtc");
        try (Viewer former = new Viewer(stream, Rendition.DEFAULT, identity)) {
            assertThatThrownBy(() -> new Viewer(stream, SMALL, somebody("webrtc")))
                    .isInstanceOf(RefusedException.class);
            try (Viewer next = new Viewer(stream, SMALL, identity)) {
                assertThat(stream.viewers(10)).hasSize(1);
            }
            assertThat(former.ended).isFalse();
        }
    }

    @Test
    void disconnect_asksOnItsExecutor_andOthersStay() throws Exception {
        Leaver leaver = new Leaver();
        try (Viewer other = new Viewer(stream, Rendition.DEFAULT)) {
            leaver.subscribe();
            assertThat(stream.disconnect(leaver.identity.id())).isTrue();
            assertThat(leaver.asked).isEmpty();
            leaver.runTasks();

            assertThat(leaver.asked).containsExactly("disconnected by the operator");
            assertThat(stream.viewers(10)).extracting(ViewerStatus::transport).containsExactly("test");
            assertThat(stream.status().viewers()).isEqualTo(1);
            assertThat(stream.disconnect(leaver.identity.id())).isFalse();
            source.push();
            other.awaitPicture(1, time);
            leaver.runTasks();
            assertThat(leaver.frames).isZero();
        }
    }

    @Test
    void disconnect_transportFails_viewerIsGoneAllTheSame() throws Exception {
        Leaver leaver = new Leaver();
        leaver.fault = Optional.of(new IllegalStateException("a test"));
        leaver.subscribe();
        assertThat(stream.disconnect(leaver.identity.id())).isTrue();
        leaver.runTasks();
        assertThat(leaver.asked).containsExactly("disconnected by the operator", "the end");
        assertThat(stream.viewers(10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "x", "99999999999999999999", "9000000000000000000"})
    void disconnect_nobodyOfThatId_isFalse(String id) throws Exception {
        try (Viewer viewer = new Viewer(stream, Rendition.DEFAULT)) {
            assertThat(stream.disconnect(id)).isFalse();
            assertThat(viewer.ended).isFalse();
            assertThat(stream.viewers(10)).hasSize(1);
        }
    }

    @Test
    void viewers_streamHasEnded_areNone() throws Exception {
        Viewer viewer = new Viewer(stream, Rendition.DEFAULT);
        registry.close();
        assertThat(stream.viewers(10)).isEmpty();
        viewer.close();
        assertThat(stream.viewers(10)).isEmpty();
    }

    private ViewerStatus only() {
        assertThat(stream.viewers(10)).hasSize(1);
        return stream.viewers(10).get(0);
    }

    private static ViewerIdentity somebody(String transport) {
        return ViewerIdentity.of(transport, "192.0.2.1", Optional.empty());
    }

    /** A viewer whose executor runs when the test says so. */
    private final class Leaver implements Subscriber {
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private final List<String> asked = new ArrayList<>();
        private final ViewerIdentity identity = somebody("metadata");
        private Optional<RuntimeException> fault = Optional.empty();
        private int frames;

        void subscribe() throws RefusedException {
            stream.subscribe(Rendition.METADATA, this::later, this, identity);
            runTasks();
        }

        private synchronized void later(Runnable task) {
            tasks.add(task);
        }

        synchronized void runTasks() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }

        @Override
        public void onFrame(EncodedFrame frame) {
            frames++;
        }

        @Override
        public void onEnd() {
            asked.add("the end");
        }

        @Override
        public void onDisconnect(String why) {
            asked.add(why);
            if (fault.isPresent()) {
                throw fault.get();
            }
        }
    }
}
