package dev.sightline.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where somebody can try whether a password or token is right. Each guess has a connection of its own. */
public enum Door {
    /** The login page's form, with the password of {@link #USER}. */
    FORM("login form") {
        @Override
        String guess(BlockingClient client, String secret) throws IOException {
            String body = "{\"user\":\"" + USER + "\",\"password\":\"" + secret + "\"}";
            byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
            return Integer.toString(
                    client.post("/api/login", "application/json", bytes).status());
        }
    },
    /** A token of the server's own. */
    BEARER("Bearer token") {
        @Override
        URI root(URI root, String secret) {
            return Credential.in(root, secret);
        }

        @Override
        String guess(BlockingClient client, String secret) throws IOException {
            return Integer.toString(client.get("/api/streams").status());
        }
    },
    /** A token that could be of another issuer: it has the form of a JWT. */
    JWT("Bearer JWT") {
        @Override
        URI root(URI root, String secret) {
            return Credential.in(root, HEADER + "." + HEADER + "." + secret);
        }

        @Override
        String guess(BlockingClient client, String secret) throws IOException {
            return Integer.toString(client.get("/api/streams").status());
        }
    },
    /** A token when a Socket.IO client connects to its namespace. */
    SOCKET_IO("Socket.IO auth") {
        @Override
        String guess(BlockingClient client, String secret) throws IOException {
            Matcher sid = SID.matcher(client.get(POLLING).orRefused().text());
            if (!sid.find()) {
                throw new IOException("a session without an id");
            }
            String path = POLLING + "&sid=" + sid.group(1);
            String connect = "40{\"token\":\"" + secret + "\"}";
            client.post(path, "text/plain", connect.getBytes(StandardCharsets.US_ASCII))
                    .orRefused();
            String answer = client.get(path).orRefused().text();
            return answer.startsWith("44") ? "CONNECT_ERROR" : answer.substring(0, Math.min(2, answer.length()));
        }
    },
    /** A token as a subprotocol of a WebSocket. */
    WEB_SOCKET("WebSocket subprotocol") {
        @Override
        String guess(BlockingClient client, String secret) throws IOException {
            return Integer.toString(client.ask("/live/bench/ws", "sightline.bearer." + secret));
        }
    };

    /** Whose password is guessed. */
    public static final String USER = "guessed";

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");
    /** {@code {"alg":"RS256"}} and some more of that kind. */
    private static final String HEADER = "eyJhbGciOiJSUzI1NiJ9";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String title;

    Door(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** Guesses once: the answer's status, or what stands for it. */
    String guess(URI root, InetSocketAddress from, String secret) throws IOException {
        try (BlockingClient client = new BlockingClient(root(root, secret), from, PATIENCE)) {
            return guess(client, secret);
        }
    }

    URI root(URI root, String secret) {
        return root;
    }

    abstract String guess(BlockingClient client, String secret) throws IOException;
}
