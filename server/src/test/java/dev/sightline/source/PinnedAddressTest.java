package dev.sightline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.frame.CaptureClock;
import dev.sightline.source.http.HttpScheme;
import dev.sightline.source.rtsp.RtspScheme;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A name that changes its address between two look-ups (DNS rebinding) leads a source to no address that was not checked: a
 * camera at 127.0.0.2, which is allowed here, and a service at 127.0.0.1, which is not, on the same port.
 */
class PinnedAddressTest {
    private static final String REDIRECT = "HTTP/1.1 302 Found\r\nLocation: http://localhost:PORT/other\r\n\r\n";
    private static final String PLAYLIST =
            "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.apple.mpegurl\r\n\r\n#EXTM3U\n#EXT-X-TARGETDURATION:2\n"
                    + "#EXTINF:2,\nhttp://localhost:PORT/other.ts\n#EXT-X-ENDLIST\n";
    private static final String MOVED =
            "RTSP/1.0 302 Moved\r\nCSeq: 1\r\nLocation: rtsp://localhost:PORT/other\r\n\r\n";

    private final List<String> atCamera = new CopyOnWriteArrayList<>();
    private final List<String> inside = new CopyOnWriteArrayList<>();
    private final AtomicInteger lookUps = new AtomicInteger();
    private final List<ServerSocket> servers = new ArrayList<>();
    private volatile String answer = "";
    private int port;

    @BeforeEach
    void start() throws IOException {
        ServerSocket service = new ServerSocket(0, 20, InetAddress.getByName("127.0.0.1"));
        port = service.getLocalPort();
        serve(service, inside);
        serve(new ServerSocket(port, 20, InetAddress.getByName("127.0.0.2")), atCamera);
    }

    @AfterEach
    void stop() throws IOException {
        for (ServerSocket server : servers) {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"http, REDIRECT", "http, PLAYLIST", "rtsp, MOVED"})
    void open_nameLeadsElsewhereFromTheSecondLookUpOn_isNotFollowed(String scheme, String kind) {
        answer = (kind.equals("REDIRECT") ? REDIRECT : kind.equals("PLAYLIST") ? PLAYLIST : MOVED)
                .replace("PORT", Integer.toString(port));
        // A playlist's server is asked twice: what it is, then for FFmpeg.
        int cameras = kind.equals("PLAYLIST") ? 2 : 1;

        assertThatThrownBy(() -> open(scheme, cameras))
                .hasMessageContaining("leads to 127.0.0.1")
                .hasMessageContaining("loopback");
        assertThat(atCamera).hasSize(cameras);
        assertThat(inside).isEmpty();
        assertThat(lookUps)
                .as("each connection goes to what was checked for it")
                .hasValue(cameras + 1);
    }

    @Test
    void open_nameOfLoopback_isNotConnectedTo() {
        assertThatThrownBy(() -> open("http", 0)).hasMessageContaining("leads to 127.0.0.1");
        assertThatThrownBy(() -> open("rtsp", 0)).hasMessageContaining("leads to 127.0.0.1");
        assertThat(atCamera).isEmpty();
        assertThat(inside).isEmpty();
    }

    private void open(String scheme, int cameras) throws Exception {
        EgressRule rule = EgressRule.checked(
                new EgressSettings(List.of("127.0.0.2"), "."),
                host -> List.of(
                        InetAddress.getByName(lookUps.getAndIncrement() < cameras ? "127.0.0.2" : "127.0.0.1")));
        SourceOptions options = SourceOptions.DEFAULTS.within(rule);
        String address = scheme + "://localhost:" + port + "/video";
        Source source = scheme.equals("http")
                ? new HttpScheme().source(address, options)
                : new RtspScheme().source(address, options);
        source.open(new Numbering(CaptureClock.system())).close();
    }

    private void serve(ServerSocket server, List<String> visits) {
        servers.add(server);
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket visitor = server.accept()) {
                    firstLine(visitor.getInputStream()).ifPresent(visits::add);
                    visitor.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException gone) {
                    // The next one, or the end.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** The first line of a request that was read to its end, or the visit itself if nothing was asked. */
    private static Optional<String> firstLine(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return Optional.of("nothing");
            }
            head.append((char) next);
        }
        return head.toString().lines().findFirst();
    }
}
