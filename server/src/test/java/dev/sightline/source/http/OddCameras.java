package dev.sightline.source.http;

import dev.sightline.testkit.Pictures;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Cameras with odd habits, each at a path of its own. All show the same picture: red and green above, blue and white
 * below.
 */
final class OddCameras implements AutoCloseable {
    static final int WIDTH = 320;
    static final int HEIGHT = 240;

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String MULTIPART = OK + "Content-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n";
    private static final String PART = "--frame\r\nContent-Type: image/jpeg\r\n\r\n";
    private static final int PAUSE_MILLIS = 100;

    private final byte[] jpeg = encoded(".jpg");
    private final byte[] png = encoded(".png");
    private final byte[] webp = encoded(".webp");
    private final byte[] bmp = encoded(".bmp");
    private final byte[] gif = encoded(".gif");
    private final Map<String, Habit> habits = new TreeMap<>();
    private final Map<String, AtomicInteger> requests = new HashMap<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ServerSocket listener;

    /** What a camera does with a request. */
    private interface Habit {
        void serve(Exchange exchange) throws IOException, InterruptedException;
    }

    /** Running cameras. */
    OddCameras() {
        parts();
        framing();
        stills();
        authentication();
        habits.keySet().forEach(name -> requests.put(name, new AtomicInteger()));
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** All cameras that show whole pictures. */
    Set<String> names() {
        return habits.keySet();
    }

    String address(String name) {
        return "http://" + (name.startsWith("login") ? "eve:p%40ss:1@" : "") + "127.0.0.1:" + listener.getLocalPort()
                + "/" + name;
    }

    int requests(String name) {
        return requests.get(name).get();
    }

    private void parts() {
        stream("type-odd", MULTIPART, "--frame\r\nContent-Type: image/x-jpg;;\r\n\r\n", jpeg, "\r\n");
        stream("type-on-delimiter", MULTIPART, "--frameContent-Type: image/jpeg\r\n\r\n", jpeg, "");
        stream("no-first-delimiter", MULTIPART, "Content-Type: image/jpeg\r\n\r\n", jpeg, "\r\n--frame\r\n");
        stream("doubled-delimiter", MULTIPART, "--frame\r\n" + PART, jpeg, "\r\n");
        stream("line-feeds", MULTIPART, "--frame\nContent-Type: image/jpeg\n\n", jpeg, "\n");
        stream("no-line-end", MULTIPART, PART, jpeg, "");
        stream("length-short", MULTIPART, "--frame\r\nContent-Length: 99\r\n\r\n", jpeg, "\r\n");
        stream("length-long", MULTIPART, "--frame\r\nContent-Length: 999999\r\n\r\n", jpeg, "\r\n");
        stream("junk-headers", MULTIPART, "--frame\r\nfoo\r\n: bar\r\nX-Tim\u00e9: --\r\n\r\n", jpeg, "\r\n");
        stream("png", MULTIPART, "--frame\r\nContent-Type: image/png\r\n\r\n", png, "\r\n");
        stream("webp", MULTIPART, "--frame\r\nContent-Type: image/jpeg\r\n\r\n", webp, "\r\n");
        stream("bmp", MULTIPART, "--frame\r\nContent-Type: image/bmp\r\n\r\n", bmp, "\r\n");
        stream("gif", MULTIPART, "--frame\r\nContent-Type: image/gif\r\n\r\n", gif, "\r\n");
        stream("thumbnail", MULTIPART, PART, withThumbnail(), "\r\n");
        stream("preamble", MULTIPART + "This is MIME.\r\n", PART, jpeg, "\r\n");
        stream("dashes", MULTIPART.replace("=frame", "=--frame"), "----frame\r\n\r\n", jpeg, "\r\n");
        // Every second one is cut, which is not for an element to show.
        habits.put("cut-now-and-then", exchange -> {
            exchange.send(MULTIPART);
            while (true) {
                exchange.send(PART, Arrays.copyOf(jpeg, jpeg.length / 2), "\r\n", PART, jpeg, "\r\n");
                Thread.sleep(PAUSE_MILLIS);
            }
        });
    }

    private void framing() {
        stream("http-1-0", MULTIPART.replace("1.1", "1.0"), PART, jpeg, "\r\n");
        stream("head-of-line-feeds", MULTIPART.replace("\r\n", "\n"), PART, jpeg, "\r\n");
        stream("head-with-junk", MULTIPART.replace("Content", "foo bar\r\nX-A : b\r\nContent"), PART, jpeg, "\r\n");
        stream("head-folded", MULTIPART.replace("; ", ";\r\n\t"), PART, jpeg, "\r\n");
        stream("no-reason", MULTIPART.replace(" OK", ""), PART, jpeg, "\r\n");
        habits.put("chunked", exchange -> {
            exchange.send(MULTIPART.replace("OK\r\n", "OK\r\nTransfer-Encoding: chunked\r\n"));
            byte[] part = join(PART, jpeg, "\r\n");
            while (true) {
                for (int at = 0; at < part.length; at += 700) {
                    byte[] chunk = Arrays.copyOfRange(part, at, Math.min(part.length, at + 700));
                    exchange.send(Integer.toHexString(chunk.length) + ";x=y\r\n", chunk, "\r\n");
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        });
        habits.put("gzip", exchange -> {
            exchange.send(MULTIPART.replace("OK\r\n", "OK\r\nContent-Encoding: gzip\r\n"));
            try (GZIPOutputStream zip = new GZIPOutputStream(exchange.out, 512, true)) {
                while (true) {
                    zip.write(join(PART, jpeg, "\r\n"));
                    zip.flush();
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        });
        habits.put("redirect", exchange -> exchange.send("HTTP/1.1 302 Found\r\nLocation: /type-odd?x#y\r\n\r\n"));
    }

    private void stills() {
        String still = OK + "Content-Type: image/jpeg\r\n";
        habits.put("still", exchange -> exchange.send(still + "Content-Length: " + jpeg.length + "\r\n\r\n", jpeg));
        habits.put("still-no-length", exchange -> exchange.send(still + "Connection: close\r\n\r\n", jpeg));
        habits.put("still-stays-open", exchange -> {
            exchange.send(still + "\r\n", jpeg);
            Thread.sleep(60_000);
        });
        habits.put("still-untyped", exchange -> exchange.send(OK + "\r\n", jpeg));
        habits.put("still-png", exchange -> exchange.send(OK + "Content-Type: image/png\r\n\r\n", png));
        habits.put("still-bmp", exchange -> exchange.send(OK + "Content-Type: image/bmp\r\n\r\n", bmp));
        habits.put("still-gif", exchange -> exchange.send(OK + "Content-Type: image/gif\r\n\r\n", gif));
        stream("jpegs-as-video", OK + "Content-Type: video/x-motion-jpeg\r\n\r\n", "", jpeg, "");
        habits.put("one-part", exchange -> exchange.send(MULTIPART, PART, jpeg, "\r\n--frame--\r\n"));
        habits.put("five-parts", exchange -> {
            exchange.send(MULTIPART);
            for (int i = 0; i < 5; i++) {
                exchange.send(PART, jpeg, "\r\n");
                Thread.sleep(PAUSE_MILLIS);
            }
        });
        habits.put(
                "still-sometimes-503",
                exchange -> exchange.send(
                        exchange.number % 4 == 3 ? "HTTP/1.1 503 Busy\r\n\r\n" : still + "\r\n",
                        exchange.number % 4 == 3 ? "" : jpeg));
        stream("slow", 3_000, MULTIPART, PART, jpeg, "\r\n");
        habits.put("slow-still", exchange -> {
            Thread.sleep(2_500);
            exchange.send(still + "\r\n", jpeg);
        });
    }

    private void authentication() {
        habits.put(
                "login-basic",
                exchange -> exchange.sendIf(
                        exchange.authorization.equals("Basic ZXZlOnBAc3M6MQ=="), "Basic realm=\"x\"", jpeg));
        habits.put(
                "login-md5",
                exchange -> exchange.sendIf(
                        exchange.isDigest("MD5"),
                        "Basic realm=\"x\"\r\nWWW-Authenticate: Digest realm=\"a, b\", nonce=\"n=1\", qop=\"auth,auth-int\"",
                        jpeg));
        habits.put(
                "login-sha256",
                exchange -> exchange.sendIf(
                        exchange.isDigest("SHA-256"),
                        "Digest realm=\"a, b\", nonce=\"n=1\", qop=\"auth\", algorithm=MD5\r\n"
                                + "WWW-Authenticate: Digest realm=\"a, b\", nonce=\"n=1\", qop=\"auth\", algorithm=SHA-256",
                        jpeg));
        habits.put(
                "login-old-digest",
                exchange -> exchange.sendIf(exchange.isDigest("MD5"), "Digest realm=\"a, b\", nonce=\"n=1\"", jpeg));
    }

    private void stream(String name, String head, String before, byte[] picture, String after) {
        stream(name, PAUSE_MILLIS, head, before, picture, after);
    }

    private void stream(String name, int pauseMillis, String head, String before, byte[] picture, String after) {
        habits.put(name, exchange -> {
            exchange.send(head);
            while (true) {
                exchange.send(before, picture, after);
                Thread.sleep(pauseMillis);
            }
        });
    }

    private byte[] withThumbnail() {
        byte[] small = Pictures.plain(32, 24, 200);
        int length = small.length + 2;
        return join(
                Arrays.copyOf(jpeg, 2),
                new byte[] {(byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length},
                small,
                Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    private static byte[] encoded(String ending) {
        try (Mat picture = new Mat(HEIGHT, WIDTH, opencv_core.CV_8UC3, Scalar.all(255))) {
            fill(picture, 0, 0, new Scalar(0, 0, 255, 0));
            fill(picture, WIDTH / 2, 0, new Scalar(0, 255, 0, 0));
            fill(picture, 0, HEIGHT / 2, new Scalar(255, 0, 0, 0));
            return Pictures.encode(ending, picture);
        }
    }

    private static void fill(Mat picture, int x, int y, Scalar color) {
        try (Mat quarter = new Mat(picture, new Rect(x, y, WIDTH / 2, HEIGHT / 2))) {
            quarter.put(color);
        }
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
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            String request = in.readLine();
            if (request == null) {
                return;
            }
            String target = request.split(" ")[1];
            String authorization = "";
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                authorization = line.startsWith("Authorization: ") ? line.substring(15) : authorization;
            }
            String name = target.substring(1).replaceAll("\\?.*", "");
            int number = requests.get(name).incrementAndGet();
            habits.get(name).serve(new Exchange(connection.getOutputStream(), target, authorization, number));
        } catch (IOException | InterruptedException ended) {
            // The other side has left.
        } finally {
            connections.remove(connection);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "odd-camera");
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

    /** A request, and the way back. */
    private record Exchange(OutputStream out, String target, String authorization, int number) {
        private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^, ]*))");

        void send(Object... parts) throws IOException {
            out.write(join(parts));
            out.flush();
        }

        void sendIf(boolean known, String challenge, byte[] jpeg) throws IOException {
            if (known) {
                send(OK, "Content-Type: image/jpeg\r\n\r\n", jpeg);
            } else {
                send("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: " + challenge + "\r\n\r\n");
            }
        }

        /** RFC 7616, 3.4.1, and RFC 2069 where no quality was asked for. */
        boolean isDigest(String algorithm) {
            Map<String, String> told = new HashMap<>();
            Matcher matcher = PARAMETER.matcher(authorization);
            while (matcher.find()) {
                told.put(matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
            }
            String secret = hash(algorithm, "eve:a, b:p@ss:1");
            String request = hash(algorithm, "GET:" + target);
            String middle = told.containsKey("qop")
                    ? String.join(":", List.of("n=1", told.get("nc"), told.get("cnonce"), told.get("qop")))
                    : "n=1";
            return authorization.startsWith("Digest ")
                    && hash(algorithm, secret + ":" + middle + ":" + request).equals(told.get("response"));
        }

        private static String hash(String algorithm, String text) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
