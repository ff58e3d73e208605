package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.stream.status.StreamState;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.HttpMjpegServer;
import dev.sightline.testkit.LoopbackServer;
import dev.sightline.testkit.PatternNumber;
import dev.sightline.testkit.ProcessWatch;
import dev.sightline.testkit.RtspServer;
import dev.sightline.testkit.WebSocketViewer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The source's server is killed, frozen and started again under viewers, who stay. */
class PulledPlugIT {
    private static final boolean LONG = Boolean.getBoolean("sightline.long");
    private static final int ROUNDS = LONG ? 20 : 3;
    /** 1.5 s in which the source may be back, and what the slate takes; beside other tests all takes longer. */
    private static final double SLATE_SECONDS = LONG ? 2.5 : 5;

    private static final double BACK_SECONDS = LONG ? 3 : 6;

    enum Kind {
        RTSP(() -> RtspServer.start(320, 240, 25)),
        HTTP_MJPEG(() -> HttpMjpegServer.start(320, 240, 25));

        private final Supplier<LoopbackServer> server;

        Kind(Supplier<LoopbackServer> server) {
            this.server = server;
        }
    }

    @ParameterizedTest
    @EnumSource
    void sourceKilledAndRestarted_viewersSeeTheSlateAndThenPictures_andNothingIsLeftOver(Kind kind) throws Exception {
        try (LoopbackServer camera = kind.server.get();
                SightlineServer server = Sightline.server().port(0).stream("cam", stream -> stream.source(camera.url()))
                        .start();
                WebSocketViewer viewer = WebSocketViewer.watch(server.address(), "cam")) {
            viewer.awaitPicture(0);
            round(camera, viewer);
            Left before = Left.now();
            List<Double> untilSlate = new ArrayList<>();
            List<Double> untilBack = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                Times times = round(camera, viewer);
                untilSlate.add(times.untilSlate());
                untilBack.add(times.untilBack());
            }
            assertThat(median(untilSlate)).as("seconds to the slate, median").isLessThan(SLATE_SECONDS);
            assertThat(median(untilBack)).as("seconds to live pictures, median").isLessThan(BACK_SECONDS);
            assertThat(viewer.closeCode()).isEmpty();
            Await.until(
                    "no thread or descriptor left over from " + before,
                    () -> Left.now().isWithin(before));
        }
    }

    @ParameterizedTest
    @EnumSource
    void sourceFrozen_isStaleThenTriedAgain_andLiveWhenItThaws(Kind kind) throws Exception {
        try (LoopbackServer camera = kind.server.get();
                SightlineServer server = Sightline.server().port(0).stream("cam", stream -> stream.source(camera.url()))
                        .start();
                WebSocketViewer viewer = WebSocketViewer.watch(server.address(), "cam")) {
            viewer.awaitPicture(0);
            camera.freeze();

            long slate = viewer.awaitSlate().seq();
            assertThat(server.streams().get(0).state()).isIn(StreamState.STALE, StreamState.OFFLINE);
            int accepted = camera.accepted();
            Await.until("tried again", () -> camera.accepted() > accepted);
            camera.thaw();

            viewer.awaitPicture(slate);
            assertThat(viewer.closeCode()).isEmpty();
        }
    }

    private static Times round(LoopbackServer camera, WebSocketViewer viewer) {
        long killed = System.nanoTime();
        camera.kill();
        long slate = viewer.awaitSlate().seq();
        long slateShown = System.nanoTime();
        camera.restart();
        long back = System.nanoTime();
        WebSocketViewer.Shown shown = viewer.awaitPicture(slate);
        assertThat(PatternNumber.readJpeg(ByteBuffer.wrap(shown.jpeg()))).isPresent();
        return new Times((slateShown - killed) / 1e9, (System.nanoTime() - back) / 1e9);
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }

    private record Times(double untilSlate, double untilBack) {}

    /** What a lost connection may leave behind. */
    private record Left(int threads, int fileDescriptors) {
        static Left now() {
            return new Left(ProcessWatch.threads(), ProcessWatch.fileDescriptors());
        }

        boolean isWithin(Left before) {
            return threads <= before.threads && fileDescriptors <= before.fileDescriptors;
        }
    }
}
