package dev.sightline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.codec.VideoDecoder;
import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.frame.PixelFormat;
import dev.sightline.source.ffmpeg.Limits;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.LoopbackServer;
import dev.sightline.testkit.PatternNumber;
import dev.sightline.testkit.ProcessWatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every source that reads from a server, held against a test server of its kind. */
public abstract class LiveSourceChecks<S extends LoopbackServer> {
    private final Numbering numbering = new Numbering(CaptureClock.system());
    private S server;
    /** Decodes what the last keyframe began. */
    private VideoDecoder video;

    /** A running server. */
    protected abstract S startServer();

    /** The source of an address. */
    protected abstract Source source(String address);

    /** The source of an address that waits no longer than it is told. */
    protected abstract Source source(String address, Limits limits);

    @BeforeEach
    final void start() {
        server = startServer();
    }

    @AfterEach
    final void stop() {
        server.close();
        closeVideo();
    }

    /** The server of the running test. */
    protected final S server() {
        return server;
    }

    @Test
    final void read_playingServer_givesEveryPictureInOrder() throws Exception {
        try (SourceReader reader = open(server.url())) {
            checkOrder(reader);
        }
    }

    @Test
    final void read_picture_wasCapturedBetweenItsSendingAndNow() throws Exception {
        try (SourceReader reader = open(server.url())) {
            for (int i = 0; i < 20; i++) {
                Picture picture = reader.read().orElseThrow();
                long sent = CaptureClock.system().ofNanoTime(server.nanoTimeOf(number(picture)));
                assertThat(picture.captureNanos())
                        .isBetween(sent, CaptureClock.system().nanos());
            }
        }
    }

    @Test
    final void open_severalViewers_areServedAlike() throws Exception {
        try (SourceReader one = open(server.url());
                SourceReader two = open(server.url())) {
            assertThat(number(one.read().orElseThrow())).isPositive();
            assertThat(number(two.read().orElseThrow())).isPositive();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    final void open_wrongPasswordPathPortOrHost_saysWhich() throws Exception {
        assertFails(address("/secret"), "127.0.0.1:" + server.port(), "user name and password", "401");
        assertFails(address("/nothing"), "no such stream", "404");
        server.kill();
        assertFails(server.url(), "connection refused");
        assertFails(server.url().replace("127.0.0.1", "no-such-host.invalid"), "no-such-host.invalid", "unknown host");
    }

    @Test
    final void open_rightPassword_playsAndTellsItToNobody() throws Exception {
        Source source = source(address("/secret").replace("//", "//eve:pass@"));
        assertThat(source.address()).isEqualTo(address("/secret").replace("//", "//***@"));
        try (SourceReader reader = source.open(numbering)) {
            number(reader.read().orElseThrow());
            server.kill();
            assertThatThrownBy(() -> readOn(reader)).hasMessageNotContaining("pass");
        }
    }

    @Test
    final void read_frozenServer_givesUpAfterItsLimit() throws Exception {
        try (SourceReader reader = openWithin(Duration.ofMillis(600))) {
            number(reader.read().orElseThrow());
            server.freeze();
            assertThatThrownBy(() -> readOn(reader))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("no picture within");
        }
    }

    @Test
    final void openOrRead_silentServer_givesUpAfterItsLimit() {
        server.freeze();
        assertThatThrownBy(() -> readOn(openWithin(Duration.ofMillis(600))))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("no picture within");
    }

    @Test
    final void openOrRead_interrupted_endsAtOnce() throws Exception {
        SourceReader reader = open(server.url());
        number(reader.read().orElseThrow());
        server.freeze();
        for (Wait wait : List.<Wait>of(() -> readOn(open(server.url())), () -> readOn(reader))) {
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    wait.run();
                } catch (Throwable failure) {
                    end.complete(failure);
                }
            });
            thread.start();
            Await.until("it waits", () -> server.accepted() == 2);
            thread.interrupt();
            assertThat(end.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        }
        reader.close();
    }

    @Test
    final void open_killedAndRestartedTwentyTimes_leavesNothingBehind() throws Exception {
        killOnce();
        killOnce();
        int descriptors = ProcessWatch.fileDescriptors();
        int threads = ProcessWatch.threads();
        for (int round = 0; round < 20; round++) {
            killOnce();
        }
        Await.until(
                "threads and descriptors are gone",
                () -> ProcessWatch.fileDescriptors() <= descriptors && ProcessWatch.threads() <= threads);
    }

    /** Reads forty pictures that must follow each other without a gap. */
    protected final void checkOrder(SourceReader reader) throws Exception {
        Picture first = reader.read().orElseThrow();
        long number = number(first);
        long lastTime = first.captureNanos();
        for (int i = 1; i < 40; i++) {
            Picture picture = reader.read().orElseThrow();
            assertThat(picture.seq()).isEqualTo(first.seq() + i);
            assertThat(number(picture)).isEqualTo(number + i);
            assertThat(picture.captureNanos()).isGreaterThanOrEqualTo(lastTime);
            lastTime = picture.captureNanos();
        }
    }

    /** Opening that address fails, and the message says all these. */
    protected final void assertFails(String address, String... parts) {
        assertThatThrownBy(() -> readOn(open(address)))
                .isInstanceOf(SourceException.class)
                .hasMessageContainingAll(parts);
    }

    /** An address of another path of the server. */
    protected final String address(String path) {
        return server.url().replace("/stream", path);
    }

    /** An open source. */
    protected final SourceReader open(String address) throws Exception {
        return source(address).open(numbering);
    }

    /** The number that a picture shows, which is closed where it is raw. */
    protected final long number(Picture picture) {
        if (picture instanceof EncodedFrame encoded) {
            return encoded.codec().intraOnly()
                    ? PatternNumber.readJpeg(encoded.data()).orElse(-1)
                    : numberInVideo(encoded);
        }
        try (Frame frame = (Frame) picture) {
            return PatternNumber.read(frame.mat()).orElse(-1);
        }
    }

    private long numberInVideo(EncodedFrame encoded) {
        if (encoded.keyframe()) {
            closeVideo();
            video = new VideoDecoder(encoded.codec());
        }
        assertThat(video).as("the first picture is a keyframe").isNotNull();
        try (Frame frame = video.decode(encoded, PixelFormat.GRAY).orElseThrow()) {
            assertThat(encoded.width()).isEqualTo(frame.width());
            assertThat(encoded.height()).isEqualTo(frame.height());
            return PatternNumber.read(frame.mat()).orElse(-1);
        }
    }

    private void closeVideo() {
        if (video != null) {
            video.close();
        }
    }

    private SourceReader openWithin(Duration limit) throws Exception {
        return source(server.url(), new Limits(limit, limit, limit)).open(numbering);
    }

    private void killOnce() throws Exception {
        try (SourceReader reader = open(server.url())) {
            number(reader.read().orElseThrow());
            server.kill();
            assertThatThrownBy(() -> readOn(reader)).isInstanceOf(SourceException.class);
        }
        assertFails(server.url(), "connection refused");
        server.restart();
    }

    /** Reads until that fails, then closes. What came last may be cut short, so none is decoded. */
    protected final void readOn(SourceReader reader) throws Exception {
        try (reader) {
            while (true) {
                if (reader.read().orElseThrow() instanceof Frame raw) {
                    raw.close();
                }
            }
        }
    }

    /** Something that waits. */
    private interface Wait {
        void run() throws Exception;
    }
}
