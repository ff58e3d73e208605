package dev.sightline.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * An IP camera as tests need it: it serves the pattern at {@code /stream} as multipart JPEG (with {@code ?bare} without
 * lengths) and at {@code /picture.jpg} as single pictures. {@code /secret} wants the user {@code eve} with the password
 * {@code pass}; {@code /redirect-to-file} leads to a local file; any other path is not found.
 */
public final class HttpMjpegServer extends LoopbackServer {
    private static final String CREDENTIALS =
            "Basic " + Base64.getEncoder().encodeToString("eve:pass".getBytes(StandardCharsets.UTF_8));

    private final int fps;
    private final long start = System.nanoTime();
    private volatile int width;
    private volatile int height;

    private HttpMjpegServer(int width, int height, int fps) {
        this.width = width;
        this.height = height;
        this.fps = fps;
    }

    /** A running server on a free port. */
    public static HttpMjpegServer start(int width, int height, int fps) {
        HttpMjpegServer server = new HttpMjpegServer(width, height, fps);
        server.begin();
        return server;
    }

    @Override
    public long nanoTimeOf(long number) {
        return start + number * 1_000_000_000L / fps;
    }

    @Override
    public String url() {
        return "http://127.0.0.1:" + port() + "/stream";
    }

    /** Changes the pictures' size for all viewers. */
    public void resize(int newWidth, int newHeight) {
        width = newWidth;
        height = newHeight;
    }

    @Override
    void serve(Socket connection) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.read(new BufferedInputStream(connection.getInputStream()));
        try (OutputStream out = new BufferedOutputStream(connection.getOutputStream(), 1 << 16)) {
            switch (request.target()) {
                case "/stream" -> stream(out, true);
                case "/stream?bare" -> stream(out, false);
                case "/picture.jpg" -> picture(out);
                case "/secret" -> secret(request, out);
                case "/redirect-to-file" -> head(out, "302 Found", "Location: file:///etc/hostname\r\n");
                case "/broken" -> head(out, "500 Internal Server Error", "");
                default -> head(out, "404 Not Found", "");
            }
        }
    }

    private void secret(HttpRequest request, OutputStream out) throws IOException, InterruptedException {
        if (request.header("Authorization").equals(CREDENTIALS)) {
            stream(out, true);
        } else {
            head(out, "401 Unauthorized", "WWW-Authenticate: Basic realm=\"camera\"\r\n");
        }
    }

    private void stream(OutputStream out, boolean lengths) throws IOException, InterruptedException {
        head(out, "200 OK", "Content-Type: multipart/x-mixed-replace; boundary=frame\r\n");
        int paintedWidth = 0;
        PatternTicker ticker = new PatternTicker(16, 16, fps, start);
        try {
            while (true) {
                if (paintedWidth != width) {
                    ticker.close();
                    paintedWidth = width;
                    ticker = new PatternTicker(width, height, fps, start);
                }
                byte[] jpeg = nextJpeg(ticker);
                passIce();
                write(
                        out,
                        "--frame\r\nContent-Type: image/jpeg\r\n"
                                + (lengths ? "Content-Length: " + jpeg.length + "\r\n" : "") + "\r\n");
                out.write(jpeg);
                write(out, "\r\n");
                out.flush();
            }
        } finally {
            ticker.close();
        }
    }

    private void picture(OutputStream out) throws IOException, InterruptedException {
        try (PatternTicker ticker = new PatternTicker(width, height, fps, start)) {
            byte[] jpeg = nextJpeg(ticker);
            passIce();
            head(out, "200 OK", "Content-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n");
            out.write(jpeg);
        }
    }

    private static byte[] nextJpeg(PatternTicker ticker) throws InterruptedException {
        try (Mat picture = ticker.next();
                BytePointer jpeg = new BytePointer()) {
            opencv_imgcodecs.imencode(".jpg", picture, jpeg);
            byte[] bytes = new byte[(int) jpeg.limit()];
            jpeg.get(bytes);
            return bytes;
        }
    }

    private static void head(OutputStream out, String status, String headers) throws IOException {
        write(out, "HTTP/1.1 " + status + "\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
