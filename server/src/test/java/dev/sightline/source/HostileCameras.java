package dev.sightline.source;

import dev.sightline.testkit.Pictures;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;

/**
 * Cameras that mean ill, by HTTP and RTSP, each at a path of its own. They count how much they could send before they were
 * left.
 */
final class HostileCameras implements AutoCloseable {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String MULTIPART = OK + "Content-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n";
    private static final String PART = "--frame\r\nContent-Type: image/jpeg\r\n\r\n";
    private static final String HLS = OK + "Content-Type: application/vnd.apple.mpegurl\r\nConnection: close\r\n\r\n";
    private static final String LIST = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n";
    private static final int BLOCK = 64 << 10;

    private final Map<String, Habit> habits = new TreeMap<>();
    private final Map<String, String> reasons = new TreeMap<>();
    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final byte[] jpeg = Pictures.plain(320, 240, 100);
    private final ServerSocket listener;
    private boolean answering;

    /** What a camera does with a request. */
    private interface Habit {
        void serve(Exchange exchange) throws IOException, InterruptedException;
    }

    /**
     * Running cameras.
     *
     * @param here where they listen
     * @param inside a port of this computer's loopback, where they must not lead
     */
    HostileCameras(InetAddress here, int inside) throws IOException {
        listener = new ServerSocket(0, 50, here);
        heads();
        bodies();
        redirects(inside);
        videos();
        playlists(inside);
        rtsp(inside);
        daemon(this::accept);
    }

    /** Has them answer, or has whoever comes wait until they do. */
    synchronized void answer(boolean now) {
        answering = now;
        notifyAll();
    }

    private synchronized void awaitAnswering() throws InterruptedException {
        while (!answering) {
            wait();
        }
    }

    /** What they are, and the reason that each is to be left for. */
    Map<String, String> reasons() {
        return reasons;
    }

    String address(String name) {
        return (name.startsWith("rtsp") ? "rtsp://" : "http://") + hostAndPort() + "/" + name;
    }

    /** The most that a camera could send on a connection. */
    long sent(String name) {
        return sent.getOrDefault(name, 0L);
    }

    private String hostAndPort() {
        return listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
    }

    private void heads() {
        endless("head-of-lines", "256 lines or 64 KiB", OK, "X: y\r\n");
        endless("head-of-one-line", "a line of more than 64 KiB", OK + "X: ", "y");
        endless("head-of-folded-lines", "256 lines or 64 KiB", OK + "X: y\r\n", " y\r\n");
        endless("head-of-blank-lines", "sends more than any camera", "", "\r\n");
        endless("head-of-hints", "sends more than any camera", "", "HTTP/1.1 103 Early Hints\r\n\r\n");
        put("head-in-drips", "no picture within 10 s", exchange -> {
            for (char each : OK.repeat(50).toCharArray()) {
                exchange.send(String.valueOf(each));
                Thread.sleep(500);
            }
        });
    }

    private void bodies() {
        endless("preamble", "64 KiB came without a picture", MULTIPART, "x");
        endless("part-headers", "64 KiB came without a picture", MULTIPART + "--frame\r\n", "X: y\r\n");
        put("part-without-end", "a picture has more than 32 MiB", exchange -> {
            exchange.send(MULTIPART, "--frame\r\nContent-Length: 2000000000\r\n\r\n", cut(jpeg.length - 2));
            exchange.sendEndlessly("x");
        });
        put("parts-cut", "no whole picture comes", exchange -> {
            exchange.send(MULTIPART);
            exchange.sendEndlessly(PART, cut(jpeg.length / 2), "\r\n");
        });
        String chunked = MULTIPART.replace("OK\r\n", "OK\r\nTransfer-Encoding: chunked\r\n");
        endless("chunk-extensions", "sends more than any camera", chunked, "1;" + "x".repeat(60_000) + "\r\n-\r\n");
        endless("chunk-of-one-line", "a line of more than 64 KiB", chunked, "1;");
        bomb("bomb-of-nothing", "64 KiB came without a picture", MULTIPART, "x");
        put("bomb-of-a-picture", "a picture has more than 32 MiB", exchange -> {
            exchange.send(MULTIPART.replace("OK\r\n", "OK\r\nContent-Encoding: gzip\r\n"));
            try (GZIPOutputStream zip = new GZIPOutputStream(exchange)) {
                zip.write(join(PART, cut(jpeg.length - 2)));
                exchange.repeat(zip, "x");
            }
        });
        put("dimensions", "no whole picture comes", exchange -> {
            byte[] huge = jpeg.clone();
            for (int i = 0; i + 8 < huge.length; i++) {
                if ((huge[i] & 0xFF) == 0xFF && (huge[i + 1] & 0xFF) == 0xC0) {
                    huge[i + 5] = huge[i + 7] = (byte) 0xFF;
                    break;
                }
            }
            exchange.send(MULTIPART);
            exchange.sendEndlessly(PART, huge, "\r\n");
        });
    }

    private void redirects(int inside) {
        String leads = "leads to .*: only a source that is there itself may do that";
        redirect("redirect-loop", "redirects more than 8 times", "/redirect-loop?x");
        redirect("redirect-growing", "redirects more than 8 times", "redirect-growing/redirect-growing");
        redirect("redirect-to-file", "not a web server's address", "file:///etc/hostname");
        redirect("redirect-to-rtsp", "not a web server's address", "rtsp://127.0.0.1:" + inside + "/");
        redirect("redirect-to-concat", "not a web server's address", "concat:http://127.0.0.1:" + inside + "/");
        redirect("redirect-to-loopback", leads, "http://127.0.0.1:" + inside + "/");
        redirect("redirect-to-loopback-2", leads, "//127.9.9.9:" + inside + "/");
        redirect("redirect-to-name", leads, "http://localhost:" + inside + "/");
        redirect("redirect-to-ipv6", leads, "http://[::1]:" + inside + "/");
        redirect("redirect-to-mapped", leads, "http://[::ffff:7f00:1]:" + inside + "/");
        redirect("redirect-to-zero", leads, "http://0:" + inside + "/");
        redirect("redirect-to-number", leads, "http://2130706433:" + inside + "/");
        redirect("redirect-to-link-local", leads, "http://169.254.169.254/latest/meta-data");
        redirect("redirect-to-tls", leads, "https://127.0.0.1:" + inside + "/");
    }

    private void videos() {
        String video = OK + "Content-Type: video/mp2t\r\n\r\n";
        String nothing = "G\u001f\u00ff\u0010" + "\u00ff".repeat(184);
        endless("video-of-nothing", "64 MiB came without a whole picture", video, nothing);
        String part = "\r\n\r\n--x\r\nContent-Type: image/jpeg\r\nContent-Length: 2000000000\r\n\r\n";
        endless(
                "video-part-of-2-gb",
                "64 MiB came without a whole picture",
                OK + "Content-Type: video/x-something" + part,
                "x");
        endless(
                "jpegs-part-of-2-gb",
                "64 KiB came without a picture",
                OK + "Content-Type: video/x-motion-jpeg" + part,
                "x");
        String flv = "FLV\u0001\u0001\0\0\0\t\0\0\0\0\t\u00ff\u00ff\u00ff\0\0\0\0\0\0\0\u0017\u0001\0\0\0";
        endless("video-tag-of-16-mb", "64 MiB came|damaged packets|no video|no picture", video + flv, "x");
    }

    private void playlists(int inside) {
        String leads = "leads to 127.0.0.1, this computer's own loopback";
        String here = "http://127.0.0.1:" + inside + "/";
        String variant = "#EXT-X-STREAM-INF:BANDWIDTH=1\n";
        list("hls-masters", "playlists that name others", "#EXTM3U\n" + variant + "hls-masters?1\n");
        list("hls-variants", "more than 32 others", "#EXTM3U\n" + (variant + "hls-empty\n").repeat(50));
        list("hls-segment-inside", leads, LIST + "#EXTINF:1,\n" + here + "a.ts\n#EXT-X-ENDLIST\n");
        list("hls-segment-redirected", leads, LIST + "#EXTINF:1,\nredirect-to-loopback?a.ts\n#EXT-X-ENDLIST\n");
        list(
                "hls-key-inside",
                leads,
                LIST + "#EXT-X-KEY:METHOD=AES-128,URI=\"" + here + "\"\n#EXTINF:1,\nvideo-of-nothing?.ts\n"
                        + "#EXT-X-ENDLIST\n");
        list(
                "hls-map-inside",
                leads,
                LIST + "#EXT-X-MAP:URI=\"" + here + "a.mp4\"\n#EXTINF:1,\nvideo-of-nothing?.mp4\n#EXT-X-ENDLIST\n");
        list("hls-playlist-inside", leads, "#EXTM3U\n" + variant + here + "a.m3u8\n");
        list(
                "hls-segments-empty",
                "200 times",
                LIST + "#EXTINF:1,\nhls-nothing?a.ts\n".repeat(500) + "#EXT-X-ENDLIST\n");
        put("hls-nothing", "", exchange -> exchange.send(OK + "Connection: close\r\n\r\n"));
        reasons.remove("hls-nothing");
        list("hls-empty", "200 times|no picture|Invalid|no video|damaged", LIST.replace(":1", ":0"));
        endless("hls-without-end", "more than 4 MiB", HLS + "#EXTM3U\n", "#EXT-X-NOTHING\n");
        list("hls-many-segments", "name more than", LIST + "#EXTINF:1,\na.ts\n".repeat(250_000));
        list("hls-segment-without-end", "64 MiB came", LIST + "#EXTINF:1,\nvideo-of-nothing?.ts\n#EXT-X-ENDLIST\n");
    }

    private void rtsp(int inside) {
        String found = "RTSP/1.0 302 Found\r\nCSeq: 1\r\nLocation: ";
        String leads = "leads to .*: only a source that is there itself may do that";
        put(
                "rtsp-loop",
                "redirects more than 8 times",
                exchange -> exchange.send(found + address("rtsp-loop") + "\r\n\r\n"));
        String[][] goals = {
            {"rtsp-to-loopback", leads, "rtsp://127.0.0.1:" + inside + "/"},
            {"rtsp-to-name", leads, "rtsp://localhost:" + inside + "/"},
            {"rtsp-to-link-local", leads, "rtsp://169.254.169.254:80/"},
            {"rtsp-to-http", "not an RTSP server's address", "http://127.0.0.1:" + inside + "/"},
            {"rtsp-to-nothing", "not an RTSP server's address", ""}
        };
        for (String[] goal : goals) {
            put(goal[0], goal[1], exchange -> exchange.send(found + goal[2] + "\r\n\r\n"));
        }
        endless("rtsp-head", "one of its answers has more than 64 KiB of headers", "RTSP/1.0 200 OK\r\n", "X: y\r\n");
        String body = "RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 2000000\r\n\r\n";
        endless("rtsp-body", "one of its answers has 2000000 bytes", body, "x");
        endless("rtsp-packets", "64 MiB came without a whole picture", "", "$\0\u00ff\u00ff" + "x".repeat(0xFFFF));
        put("rtsp-silent", "no picture within 10 s", exchange -> Thread.sleep(60_000));
    }

    private void redirect(String name, String reason, String location) {
        put(name, reason, exchange -> exchange.send("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n\r\n"));
    }

    private void list(String name, String reason, String text) {
        put(name, reason, exchange -> exchange.send(HLS + text));
    }

    private void endless(String name, String reason, String first, String then) {
        put(name, reason, exchange -> {
            exchange.send(first);
            exchange.sendEndlessly(then);
        });
    }

    private void bomb(String name, String reason, String head, String text) {
        put(name, reason, exchange -> {
            exchange.send(head.replace("OK\r\n", "OK\r\nContent-Encoding: gzip\r\n"));
            try (GZIPOutputStream zip = new GZIPOutputStream(exchange)) {
                exchange.repeat(zip, text);
            }
        });
    }

    private void put(String name, String reason, Habit habit) {
        habits.put(name, habit);
        reasons.put(name, reason);
    }

    private byte[] cut(int length) {
        byte[] start = new byte[length];
        System.arraycopy(jpeg, 0, start, 0, length);
        return start;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.add(connection);
                daemon(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            awaitAnswering();
            String target = head(connection.getInputStream()).split(" ")[1];
            String name = target.replaceFirst("^rtsp://[^/]*", "").substring(1).replaceAll("[?/].*", "");
            habits.get(name).serve(new Exchange(name, connection.getOutputStream()));
            connection.shutdownOutput();
        } catch (IOException | InterruptedException left) {
            // That is what is wanted.
        } finally {
            connections.remove(connection);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int each = in.read();
            if (each < 0) {
                throw new EOFException();
            }
            head.append((char) each);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "hostile-camera");
        thread.setDaemon(true);
        thread.start();
    }

    private static byte[] join(Object... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Object part : parts) {
            joined.writeBytes(
                    part instanceof byte[] bytes ? bytes : ((String) part).getBytes(StandardCharsets.ISO_8859_1));
        }
        return joined.toByteArray();
    }

    /** The way back on a connection. */
    private final class Exchange extends OutputStream {
        private final String name;
        private final OutputStream out;
        private long count;

        Exchange(String name, OutputStream out) {
            this.name = name;
            this.out = out;
        }

        @Override
        public void write(int each) throws IOException {
            write(new byte[] {(byte) each});
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            count += length;
            sent.merge(name, count, Math::max);
        }

        void send(Object... parts) throws IOException {
            write(join(parts));
        }

        void sendEndlessly(Object... parts) throws IOException {
            repeat(this, parts);
        }

        /** Until that fails. */
        void repeat(OutputStream into, Object... parts) throws IOException {
            byte[] one = join(parts);
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            while (block.size() < BLOCK) {
                block.writeBytes(one);
            }
            byte[] bytes = block.toByteArray();
            while (true) {
                into.write(bytes);
            }
        }
    }
}
