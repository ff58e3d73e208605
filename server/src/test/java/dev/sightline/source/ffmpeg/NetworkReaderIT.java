package dev.sightline.source.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.Frame;
import dev.sightline.source.Numbering;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceOptions.Deinterlace;
import dev.sightline.testkit.FfmpegProgram;
import dev.sightline.testkit.VideoFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A live stream that begins with six seconds at once and then breaks off is none that can be played again. */
class NetworkReaderIT {
    @TempDir
    private Path folder;

    private final AtomicInteger accepted = new AtomicInteger();
    private final CompletableFuture<Socket> camera = new CompletableFuture<>();
    private ServerSocket server;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        camera.join().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ts", "webm"})
    void read_burstThenReset_isLost(String format) throws Exception {
        begin(burst(format));
        try (NetworkReader reader = open()) {
            read(reader, 50);
            camera.join().setSoLinger(true, 0);
            camera.join().close();
            assertThatThrownBy(() -> read(reader, 200)).isInstanceOf(SourceException.class);
        }
        assertThat(accepted).hasValue(1);
    }

    @Test
    void read_burstThenNothing_isLost() throws Exception {
        begin(burst("ts"));
        try (NetworkReader reader = open()) {
            assertThatThrownBy(() -> read(reader, 200)).hasMessageContaining("no picture within");
        }
        assertThat(accepted).hasValue(1);
    }

    /** It breaks off within a packet, as connections do. */
    private byte[] burst(String format) throws Exception {
        Path whole = VideoFiles.pattern(folder.resolve("a.avi"), "mpeg4", 320, 240, 25, 150);
        Path live = folder.resolve("live." + format);
        FfmpegProgram.make(live, "-i " + whole + " -g 25" + (format.equals("webm") ? " -c:v libvpx -live 1" : ""));
        byte[] video = Files.readAllBytes(live);
        return Arrays.copyOf(video, video.length - 100);
    }

    private void begin(byte[] burst) {
        Thread thread = new Thread(() -> serve(burst));
        thread.setDaemon(true);
        thread.start();
    }

    private NetworkReader open() throws Exception {
        MediaInput input = new MediaInput(
                "camera",
                "http://127.0.0.1:" + server.getLocalPort() + "/",
                MediaInput.Demuxing.of(Formats.selfContainedOrHls(), List.of("http", "tcp")),
                MediaInput.Timing.AS_FOUND,
                new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(1)),
                Deinterlace.AUTO);
        return NetworkReader.open(input, false, new Numbering(CaptureClock.system()));
    }

    private static void read(NetworkReader reader, int pictures) throws Exception {
        for (int i = 0; i < pictures; i++) {
            ((Frame) reader.read().orElseThrow()).close();
        }
    }

    private void serve(byte[] burst) {
        try {
            while (true) {
                Socket connection = server.accept();
                accepted.incrementAndGet();
                OutputStream out = connection.getOutputStream();
                out.write("HTTP/1.0 200 OK\r\nContent-Type: video/mp2t\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.write(burst);
                camera.complete(connection);
            }
        } catch (IOException ended) {
            // The test is over.
        }
    }
}
