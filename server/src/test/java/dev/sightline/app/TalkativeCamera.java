package dev.sightline.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * A camera that refuses every password and repeats what it was sent wherever an answer has room for it: in reason phrases,
 * realms, redirects and session descriptions. It speaks HTTP and RTSP at all loopback addresses, by the first word of a path:
 * {@code basic} and {@code digest} want a password, {@code redirect} then leads to 127.0.0.2, {@code video} is none.
 */
final class TalkativeCamera implements AutoCloseable {
    private static final Pattern VALUE = Pattern.compile("[?&][^=\\s]+=([^&\\s]+)");
    private static final Pattern BASIC = Pattern.compile("Authorization: Basic (\\S+)");

    private final ServerSocket server;
    private final List<String> landed = new CopyOnWriteArrayList<>();
    private final List<String> answered = new CopyOnWriteArrayList<>();

    private TalkativeCamera(ServerSocket server) {
        this.server = server;
        Thread thread = new Thread(this::serve, "talkative-camera");
        thread.setDaemon(true);
        thread.start();
    }

    static TalkativeCamera start() throws IOException {
        return new TalkativeCamera(new ServerSocket(0, 100, InetAddress.getByName("0.0.0.0")));
    }

    int port() {
        return server.getLocalPort();
    }

    /** The requests that came where a redirect led to. */
    List<String> landed() {
        return List.copyOf(landed);
    }

    /** The requests with a password. */
    List<String> authorized() {
        return List.copyOf(answered);
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket visitor = server.accept();
                Thread thread = new Thread(() -> talk(visitor));
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket visitor) {
        try (visitor) {
            String head = head(visitor.getInputStream());
            while (!head.isEmpty()) {
                visitor.getOutputStream().write(answer(head).getBytes(StandardCharsets.ISO_8859_1));
                if (!head.contains("RTSP/1.0")) {
                    return;
                }
                head = head(visitor.getInputStream());
            }
        } catch (IOException gone) {
            // The next one.
        }
    }

    private String answer(String head) {
        String protocol = head.contains("RTSP/1.0") ? "RTSP/1.0 " : "HTTP/1.1 ";
        String sequence = head.lines()
                .filter(line -> line.startsWith("CSeq"))
                .findFirst()
                .map(line -> line + "\r\n")
                .orElse("");
        String echo = bare(head) + head.replaceAll("\\s+", " ").replaceAll("[\"\\\\]", "");
        boolean authorized = head.contains("Authorization: ");
        if (authorized) {
            answered.add(head);
        }
        if (head.startsWith("OPTIONS")) {
            return protocol + "200 OK\r\n" + sequence + "Public: DESCRIBE\r\n\r\n";
        }
        if (head.contains("/landed")) {
            landed.add(head);
        }
        if (head.contains("/redirect") && authorized) {
            String scheme = protocol.startsWith("RTSP") ? "rtsp" : "http";
            return protocol + "302 Moved " + echo + "\r\n" + sequence + "Location: " + scheme + "://127.0.0.2:" + port()
                    + "/landed?said=1\r\n\r\n";
        }
        if (head.contains("/video") || head.contains("/landed")) {
            String sdp = "v=0\r\ns=" + echo + "\r\nm=video 0 " + echo + "\r\na=control:" + echo + "\r\n";
            return protocol + "200 OK\r\n" + sequence + "Content-Base: " + echo + "\r\nContent-Length: " + sdp.length()
                    + "\r\nContent-Type: application/sdp\r\n\r\n" + sdp;
        }
        String scheme = head.contains("/digest") ? "Digest nonce=\"n\", realm=\"" : "Basic realm=\"";
        return protocol + "401 Refused " + echo + "\r\n" + sequence + "WWW-Authenticate: " + scheme
                + "camera\"\r\n\r\n";
    }

    /** Without what stood around them in the request: nothing but their values can tell that these are secret. */
    private static String bare(String head) {
        StringBuilder words = new StringBuilder();
        VALUE.matcher(head)
                .results()
                .forEach(found -> words.append(found.group(1)).append(' '));
        BASIC.matcher(head).results().forEach(found -> {
            String login = new String(Base64.getDecoder().decode(found.group(1)), StandardCharsets.UTF_8);
            words.append(login.substring(login.indexOf(':') + 1)).append(' ');
        });
        return words.toString();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0 && head.length() < 20_000; next = in.read()) {
            head.append((char) next);
            if (head.length() > 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
