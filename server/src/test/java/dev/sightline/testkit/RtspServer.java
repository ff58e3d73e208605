package dev.sightline.testkit;

import dev.sightline.source.pattern.PatternPainter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * An RTSP camera as tests need it (RFC 2326, H.264 by RFC 6184): it serves the pattern at {@code /stream} to any number of
 * viewers, interleaved or over UDP, a keyframe every 15 pictures. {@code /secret} wants the user {@code eve} with the
 * password {@code pass}, {@code /sha256} the same by Digest with SHA-256 alone, {@code /sha256-sound} too and has no video,
 * {@code /full} and {@code /datagrams} refuse SETUP with 453 and 461; any other path is not found. Each viewer has an encoder of
 * its own.
 */
public final class RtspServer extends LoopbackServer {
    private static final Pattern CLIENT_PORT = Pattern.compile("client_port=(\\d+)");
    private static final Pattern PATH = Pattern.compile("rtsp://[^/]*(/[^/?]*).*");
    private static final int CLOCK_RATE = 90_000;
    private static final String CHALLENGE =
            "Digest realm=\"camera\", nonce=\"abc\", algorithm=\"SHA-256\", stale=\"FALSE\"";
    private static final Pattern DIGEST = Pattern.compile("uri=\"([^\"]*)\", response=\"([^\"]*)\"");
    private static final Map<String, String> REFUSED =
            Map.of("/full", "453 Not Enough Bandwidth", "/datagrams", "461 Unsupported Transport");

    private final int width;
    private final int height;
    private final int fps;
    private final String sdp;
    private final long start;
    private final AtomicInteger refusedLogins = new AtomicInteger();
    private final AtomicInteger farewells = new AtomicInteger();
    private volatile String password = "pass";

    private RtspServer(int width, int height, int fps) {
        this.width = width;
        this.height = height;
        this.fps = fps;
        this.sdp = sdp(parameterSets());
        this.start = System.nanoTime();
    }

    /** A running server on a free port. */
    public static RtspServer start(int width, int height, int fps) {
        RtspServer server = new RtspServer(width, height, fps);
        server.begin();
        return server;
    }

    /** Changes the password of {@code /secret}. */
    public void takes(String newPassword) {
        password = newPassword;
    }

    /** How many requests bore a login that was not taken. */
    public int refusedLogins() {
        return refusedLogins.get();
    }

    /** How many viewers have said goodbye, by TEARDOWN. */
    public int farewells() {
        return farewells.get();
    }

    @Override
    public long nanoTimeOf(long number) {
        return start + number * 1_000_000_000L / fps;
    }

    @Override
    public String url() {
        return "rtsp://127.0.0.1:" + port() + "/stream";
    }

    @Override
    void serve(Socket connection) throws IOException {
        InputStream in = new BufferedInputStream(connection.getInputStream());
        Viewer viewer = new Viewer(connection.getOutputStream());
        try {
            for (HttpRequest request = HttpRequest.read(in); ; request = HttpRequest.read(in)) {
                passIce();
                if (!answer(request, viewer)) {
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            // Then the connection ends.
        } finally {
            viewer.stop();
        }
    }

    /** False after the last answer. */
    private boolean answer(HttpRequest request, Viewer viewer) throws IOException {
        Matcher path = PATH.matcher(request.target());
        String name = path.matches() ? path.group(1) : "";
        if (name.equals("/secret") && !isBasic(request)) {
            refuse(request, viewer, "Basic realm=\"camera\"");
            return true;
        }
        if (name.startsWith("/sha256") && !isDigest(request)) {
            refuse(request, viewer, CHALLENGE);
            return true;
        }
        if (request.method().equals("SETUP") && REFUSED.containsKey(name)) {
            viewer.reply(request, REFUSED.get(name), "", "");
            return true;
        }
        switch (request.method()) {
            case "DESCRIBE" -> {
                boolean known = List.of("/stream", "/secret", "/sha256", "/sha256-sound")
                                .contains(name)
                        || REFUSED.containsKey(name);
                viewer.reply(
                        request,
                        known ? "200 OK" : "404 Not Found",
                        known ? "Content-Type: application/sdp\r\n" : "",
                        known ? name.endsWith("-sound") ? sdp.replace("m=video", "m=audio") : sdp : "");
            }
            case "SETUP" ->
                viewer.reply(
                        request, "200 OK", "Transport: " + viewer.transport(request.header("Transport")) + "\r\n", "");
            case "PLAY" -> {
                viewer.reply(request, "200 OK", "Range: npt=now-\r\n", "");
                daemon("viewer", viewer::play);
            }
            case "TEARDOWN" -> {
                farewells.incrementAndGet();
                viewer.reply(request, "200 OK", "", "");
                return false;
            }
            default -> viewer.reply(request, "200 OK", "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n", "");
        }
        return true;
    }

    private void refuse(HttpRequest request, Viewer viewer, String challenge) throws IOException {
        if (!request.header("Authorization").isEmpty()) {
            refusedLogins.incrementAndGet();
        }
        viewer.reply(request, "401 Unauthorized", "WWW-Authenticate: " + challenge + "\r\n", "");
    }

    /** RFC 7617. */
    private boolean isBasic(HttpRequest request) {
        String login = "eve:" + password;
        return request.header("Authorization")
                .equals("Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    /** RFC 7616 section 3.4. */
    private static boolean isDigest(HttpRequest request) {
        String header = request.header("Authorization");
        Matcher digest = DIGEST.matcher(header);
        String first = hash("eve:camera:pa#ss");
        String second = hash(request.method() + ":" + request.target());
        return digest.find()
                && digest.group(1).equals(request.target())
                && digest.group(2).equals(hash(first + ":abc:" + second))
                && header.contains("algorithm=SHA-256");
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** RFC 4566 and RFC 6184 section 8.2.1. */
    private static String sdp(String parameterSets) {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=pattern\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n"
                + "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/" + CLOCK_RATE + "\r\n"
                + "a=fmtp:96 packetization-mode=1" + parameterSets + "\r\na=control:track1\r\n"
                // Sound, which nobody must ask for.
                + "m=audio 0 RTP/AVP 0\r\na=control:track2\r\n";
    }

    /** Also has the libraries loaded before the first viewer comes. */
    private String parameterSets() {
        try (PatternPainter painter = new PatternPainter(width, height, fps);
                Mat picture = painter.paint(1, 0);
                VideoEncoder encoder = new VideoEncoder("libopenh264", width, height, fps, true)) {
            encoder.encode(picture, 0, packet -> {});
            byte[] header = new byte[encoder.context().extradata_size()];
            encoder.context().extradata().get(header);
            List<String> sets = H264Packets.nalUnits(header).stream()
                    .map(Base64.getEncoder()::encodeToString)
                    .toList();
            return ";sprop-parameter-sets=" + String.join(",", sets);
        }
    }

    /** One connection's way to send, and its thread that does. */
    private final class Viewer {
        private final OutputStream out;
        private DatagramSocket datagrams;
        private int datagramPort;
        private int sequence = 1;
        private volatile boolean stopped;

        Viewer(OutputStream out) {
            this.out = out;
        }

        void reply(HttpRequest request, String status, String headers, String body) throws IOException {
            String head = "RTSP/1.0 " + status + "\r\nCSeq: " + request.header("CSeq") + "\r\nSession: 1\r\n" + headers
                    + "Content-Length: " + body.length() + "\r\n\r\n";
            write((head + body).getBytes(StandardCharsets.US_ASCII));
        }

        String transport(String wanted) throws IOException {
            Matcher port = CLIENT_PORT.matcher(wanted);
            if (!port.find()) {
                return "RTP/AVP/TCP;unicast;interleaved=0-1";
            }
            datagrams = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            datagramPort = Integer.parseInt(port.group(1));
            int own = datagrams.getLocalPort();
            return "RTP/AVP;unicast;client_port=" + datagramPort + "-" + (datagramPort + 1) + ";server_port=" + own
                    + "-" + (own + 1);
        }

        void stop() {
            stopped = true;
            if (datagrams != null) {
                datagrams.close();
            }
        }

        void play() {
            try (PatternTicker ticker = new PatternTicker(width, height, fps, start);
                    VideoEncoder encoder = new VideoEncoder("libopenh264", width, height, fps, false)) {
                for (long count = 0; !stopped; count++) {
                    try (Mat picture = ticker.next()) {
                        passIce();
                        encoder.encode(picture, count, packet -> send(packet, ticker.number()));
                    }
                }
            } catch (UncheckedIOException | InterruptedException gone) {
                // The viewer left.
            }
        }

        private void send(AVPacket packet, long number) {
            byte[] accessUnit = new byte[packet.size()];
            packet.data().get(accessUnit);
            Iterator<byte[]> payloads = H264Packets.nalUnits(accessUnit).stream()
                    .flatMap(unit -> H264Packets.payloads(unit).stream())
                    .iterator();
            while (payloads.hasNext()) {
                byte[] payload = payloads.next();
                send(payload, !payloads.hasNext(), (int) (number * CLOCK_RATE / fps));
            }
        }

        /** RFC 3550 section 5.1. */
        private void send(byte[] payload, boolean last, int timestamp) {
            ByteBuffer rtp = ByteBuffer.allocate(12 + payload.length);
            rtp.put((byte) 0x80).put((byte) (last ? 0x80 | 96 : 96)).putShort((short) sequence++);
            rtp.putInt(timestamp).putInt(0x51617).put(payload);
            try {
                if (datagrams == null) {
                    ByteBuffer interleaved = ByteBuffer.allocate(4 + rtp.capacity());
                    interleaved
                            .put((byte) '$')
                            .put((byte) 0)
                            .putShort((short) rtp.capacity())
                            .put(rtp.array());
                    write(interleaved.array());
                } else {
                    InetAddress viewer = InetAddress.getLoopbackAddress();
                    datagrams.send(new DatagramPacket(rtp.array(), rtp.capacity(), viewer, datagramPort));
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private synchronized void write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }
    }
}
