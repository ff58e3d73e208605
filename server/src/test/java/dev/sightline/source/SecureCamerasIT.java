package dev.sightline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.frame.CaptureClock;
import dev.sightline.http.tls.Tls;
import dev.sightline.source.http.HttpScheme;
import dev.sightline.source.rtsp.RtspScheme;
import dev.sightline.testkit.HttpMjpegServer;
import dev.sightline.testkit.RtspServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cameras by TLS, with certificates that nobody knows. */
class SecureCamerasIT {
    @TempDir
    private Path folder;

    @Test
    void read_rtsps_givesPictures() throws Exception {
        try (RtspServer camera = RtspServer.start(320, 240, 30);
                ServerSocket door = door(camera.port())) {
            assertPlays(new RtspScheme(), camera.url().replace("rtsp:", "rtsps:"), camera.port(), door.getLocalPort());
        }
    }

    @Test
    void read_https_givesPictures() throws Exception {
        try (HttpMjpegServer camera = HttpMjpegServer.start(320, 240, 30);
                ServerSocket door = door(camera.port())) {
            assertPlays(new HttpScheme(), camera.url().replace("http:", "https:"), camera.port(), door.getLocalPort());
        }
    }

    @Test
    void open_serverWithoutTls_saysSo() throws Exception {
        try (RtspServer camera = RtspServer.start(320, 240, 30)) {
            String address = "https://127.0.0.1:" + camera.port() + "/";
            assertThatThrownBy(() -> open(new HttpScheme(), address))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("127.0.0.1:" + camera.port() + ": ");
        }
    }

    private static void assertPlays(SourceScheme scheme, String address, int plain, int secure) throws Exception {
        try (SourceReader reader = open(scheme, address.replace(":" + plain, ":" + secure))) {
            for (int i = 0; i < 10; i++) {
                assertThat(reader.read()).isPresent();
            }
        }
    }

    private static SourceReader open(SourceScheme scheme, String address) throws Exception {
        return scheme.source(address, SourceOptions.DEFAULTS).open(new Numbering(CaptureClock.system()));
    }

    /** Takes the TLS off for a server of this computer. */
    private ServerSocket door(int behind) throws IOException {
        try (Tls tls = Tls.auto(folder, List.of())) {
            ServerSocket door =
                    tls.context().getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
            daemon(() -> {
                while (true) {
                    Socket outside = door.accept();
                    Socket inside = new Socket(InetAddress.getLoopbackAddress(), behind);
                    daemon(() -> carry(outside, inside));
                    daemon(() -> carry(inside, outside));
                }
            });
            return door;
        }
    }

    private static void carry(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                // One of both has left.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** What ends with a connection. */
    private interface Work {
        void run() throws IOException;
    }
}
