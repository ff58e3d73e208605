package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.testkit.NodeClient;
import dev.sightline.testkit.webrtc.PeerLoop;
import dev.sightline.testkit.webrtc.PeerSettings;
import dev.sightline.testkit.webrtc.VideoCodec;
import dev.sightline.testkit.webrtc.WebRtcPeer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Random edits of the configuration file, a third of them broken, under viewers of every transport. */
@Tag("pace")
class LiveEditsIT {
    private static final Logger LOG = LoggerFactory.getLogger(LiveEditsIT.class);
    private static final boolean LONG = Boolean.getBoolean("sightline.long");
    private static final int EDITS = LONG ? 200 : 24;
    private static final int VIEWERS = LONG ? 3 : 2;
    /** A machine that does other things too leaves out some by itself. */
    private static final int MOST_MISSED = LONG ? 5 : 20;

    private static final int TICKS_OF_A_FRAME = 3_000;

    private static final String STILL = "  still: {source: 'pattern:160x120@30'}\n";
    private static final List<String> STEPS = List.of(
            "[motion: {bottom: 0.9}]",
            "[motion: {bottom: 0.8}]",
            "[motion, clock]",
            "clock",
            "[flip, motion]",
            "[]",
            "grayscale");
    private static final List<String> BROKEN = List.of(
            "process: [moton]",
            "max-viewers: many",
            "proces: clock",
            "process: [motion: {bottom: 7}]",
            "source: 'patern:'");

    private final Random random = new Random(14);
    private final List<Continuity> edited = new ArrayList<>();
    private final List<Continuity> unchanged = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private LiveServer server;
    private PeerLoop peers;

    @BeforeEach
    void start() throws IOException {
        server = LiveServer.start(folder, text("process: [motion]", ""));
        peers = new PeerLoop();
        for (int i = 0; i < VIEWERS; i++) {
            watch("cam", edited);
            watch("still", unchanged);
        }
        open.add(socketIo("cam", edited));
        open.add(socketIo("still", unchanged));
        Await.until("all watch", () -> all().stream().allMatch(viewer -> viewer.frames() > 30));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        server.close();
        peers.close();
    }

    @Test
    void save_randomEdits_nobodyLosesItsConnection_norMoreThanAFewFrames() throws IOException {
        for (int i = 0; i < EDITS / 4; i++) {
            edit(i); // Java's compilers first, which share the processors
        }
        all().forEach(Continuity::forgive);
        for (int i = 0; i < EDITS; i++) {
            edit(EDITS + i);
        }

        all().forEach(viewer -> LOG.info("{}", viewer));
        assertThat(ended).as("connections that ended").hasValue(0);
        assertThat(edited).allMatch(viewer -> viewer.longestGap() <= MOST_MISSED, "misses a few frames at most");
        assertThat(unchanged)
                .allMatch(viewer -> LONG ? viewer.missed() == 0 : viewer.longestGap() <= MOST_MISSED, "misses nothing");
    }

    private void edit(int number) throws IOException {
        long before = server.config().path("revision").asLong();
        if (random.nextInt(3) == 0) {
            String broken = BROKEN.get(random.nextInt(BROKEN.size()));
            server.save(text(broken + " # " + number, ""));
            Await.until("it is refused", () -> !server.problems().equals("[]"));
            return;
        }
        String further = random.nextBoolean() ? "  more" + random.nextInt(3) + ": {source: 'publish:'}\n" : "";
        String viewers = "max-viewers: " + (100 + number);
        server.save(text("process: " + STEPS.get(random.nextInt(STEPS.size())) + "\n    " + viewers, further));
        Await.until("it is applied", () -> server.config().path("revision").asLong() > before);
        long seen = edited.get(0).frames();
        Await.until("frames go on", () -> edited.get(0).frames() > seen + 2);
    }

    private static String text(String settings, String further) {
        return "http: {port: 0}\nstreams:\n  cam:\n    "
                + (settings.startsWith("source") ? "" : "source: pattern:320x240@30\n    ") + settings + "\n" + STILL
                + further;
    }

    private List<Continuity> all() {
        List<Continuity> all = new ArrayList<>(edited);
        all.addAll(unchanged);
        return all;
    }

    private void watch(String stream, List<Continuity> viewers) throws IOException {
        open.add(webSocket(stream, viewers));
        open.add(mjpeg(stream, viewers));
        open.add(webRtc(stream, viewers));
    }

    private static Continuity viewer(String what, String stream, List<Continuity> viewers) {
        Continuity viewer = new Continuity(what + " of " + stream);
        viewers.add(viewer);
        return viewer;
    }

    private AutoCloseable webSocket(String stream, List<Continuity> viewers) {
        Identities identities = new Identities(viewer("WebSocket", stream, viewers));
        URI address = URI.create("ws://" + server.address().getAuthority() + "/live/" + stream + "/ws");
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(address, new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
                        byte[] part = new byte[data.remaining()];
                        data.get(part);
                        identities.read(part, part.length);
                        from.request(1);
                        return null;
                    }

                    @Override
                    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
                        ended.incrementAndGet();
                        return null;
                    }
                })
                .join();
        return socket::abort;
    }

    private AutoCloseable mjpeg(String stream, List<Continuity> viewers) throws IOException {
        Identities identities = new Identities(viewer("MJPEG", stream, viewers));
        Socket socket = new Socket("127.0.0.1", server.address().getPort());
        socket.getOutputStream()
                .write(("GET /live/" + stream + "/mjpeg HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        Thread reader = new Thread(() -> read(socket, identities), "mjpeg-viewer");
        reader.setDaemon(true);
        reader.start();
        return socket;
    }

    private void read(Socket socket, Identities identities) {
        try (InputStream in = socket.getInputStream()) {
            byte[] buffer = new byte[16 * 1024];
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                identities.read(buffer, length);
            }
            ended.incrementAndGet();
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private AutoCloseable webRtc(String stream, List<Continuity> viewers) {
        Continuity viewer = viewer("WebRTC", stream, viewers);
        long[] first = {-1};
        WebRtcPeer peer = WebRtcPeer.watch(
                peers,
                server.address().resolve("/live/" + stream + "/whep"),
                PeerSettings.DEFAULTS.with(VideoCodec.VP8),
                frame -> {
                    first[0] = first[0] < 0 ? frame.rtpTimestamp() : first[0];
                    long ticks = frame.rtpTimestamp() - first[0] & 0xffff_ffffL;
                    viewer.came(Math.round((double) ticks / TICKS_OF_A_FRAME));
                });
        peer.ended().thenRun(ended::incrementAndGet);
        return peer;
    }

    /** One process with as many clients; it says what each got. */
    private AutoCloseable socketIo(String stream, List<Continuity> viewers) {
        List<Continuity> here = new ArrayList<>();
        for (int i = 0; i < VIEWERS; i++) {
            here.add(viewer("Socket.IO " + i, stream, viewers));
        }
        NodeClient node = NodeClient.start(server.address(), """
                for (let i = 0; i < VIEWERS; i++) {
                  const socket = io(url, { auth: { stream: 'STREAM' }, forceNew: true });
                  socket.on('frame', (jpeg) => {
                    const text = jpeg.toString('latin1', 0, 400);
                    say('frame', i, /"seq":(\\d+)/.exec(text)[1]);
                  });
                  socket.on('disconnect', () => say('disconnected', i));
                }
                """.replace("VIEWERS", Integer.toString(VIEWERS))
                .replace("STREAM", stream));
        Thread reader = new Thread(() -> follow(node, here), "socket.io-viewer");
        reader.setDaemon(true);
        reader.start();
        return () -> {
            reader.interrupt();
            node.close();
        };
    }

    private void follow(NodeClient node, List<Continuity> viewers) {
        int read = 0;
        while (!Thread.currentThread().isInterrupted()) {
            List<String> lines = node.lines();
            for (; read < lines.size(); read++) {
                String[] words = lines.get(read).split(" ");
                if (words[0].equals("frame")) {
                    viewers.get(Integer.parseInt(words[1])).came(Long.parseLong(words[2]));
                } else {
                    ended.incrementAndGet();
                }
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Finds the numbers of JPEGs in what a connection brings. */
    private static final class Identities {
        private static final Pattern IDENTITY = Pattern.compile("sightline \\{\"seq\":(\\d+),");
        private static final int LONGEST = 64;

        private final Continuity viewer;
        private String rest = "";

        Identities(Continuity viewer) {
            this.viewer = viewer;
        }

        void read(byte[] bytes, int length) {
            String text = rest + new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            Matcher found = IDENTITY.matcher(text);
            int end = Math.max(0, text.length() - LONGEST);
            while (found.find()) {
                viewer.came(Long.parseLong(found.group(1)));
                end = Math.max(end, found.end());
            }
            rest = text.substring(end);
        }
    }
}
