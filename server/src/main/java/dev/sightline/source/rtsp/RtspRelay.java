package dev.sightline.source.rtsp;

import dev.sightline.source.Challenge;
import dev.sightline.source.NetworkAddress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Stands between FFmpeg and a server whose way to ask for a password FFmpeg does not know: it knows Digest with MD5 only,
 * and newer cameras want SHA-256. It answers such a question itself, once a request, and tells with what status a server refused.
 *
 * <p>It listens on this computer only, for one connection, which must name a path that nobody can guess. Two threads carry
 * the bytes; only streams that need it have a relay. Datagrams pass it by.
 */
final class RtspRelay implements AutoCloseable {
    private static final int PORT = 554;

    /** How long the client's last words may take to reach the server. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final NetworkAddress server;
    private final ServerSocket listening;
    private final Socket upstream = new Socket();
    private final String token = UUID.randomUUID().toString();
    private final Thread outgoing = thread("rtsp-relay-out", this::carryRequests, this::cut);
    private volatile Optional<Socket> client = Optional.empty();
    private volatile Optional<Challenge> challenge = Optional.empty();
    private volatile OptionalInt refusal = OptionalInt.empty();
    private volatile Optional<RtspMessage> lastRequest = Optional.empty();

    private RtspRelay(NetworkAddress server, ServerSocket listening) {
        this.server = server;
        this.listening = listening;
    }

    /**
     * A relay to a server, connected with it.
     *
     * @throws IOException if the server cannot be reached
     */
    static RtspRelay open(NetworkAddress server, Duration limit) throws IOException {
        RtspRelay relay = new RtspRelay(server, new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        try {
            relay.listening.setSoTimeout((int) limit.toMillis());
            relay.upstream.setTcpNoDelay(true);
            relay.upstream.connect(new InetSocketAddress(server.host(), server.port(PORT)), (int) limit.toMillis());
        } catch (IOException e) {
            relay.cut();
            throw e;
        }
        relay.outgoing.start();
        return relay;
    }

    /** The address under which FFmpeg finds the server here. */
    String url() {
        return here() + server.path();
    }

    /** The status with which the server refused last. */
    OptionalInt refusal() {
        return refusal;
    }

    /** Ends when what the client has sent before its own end, a TEARDOWN, is with the server. */
    @Override
    public void close() {
        closeQuietly(listening);
        try {
            outgoing.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cut();
    }

    private void cut() {
        closeQuietly(listening);
        closeQuietly(upstream);
        client.ifPresent(RtspRelay::closeQuietly);
    }

    private String here() {
        return "rtsp://127.0.0.1:" + listening.getLocalPort() + "/" + token;
    }

    private String there() {
        return "rtsp://" + server.hostAndPort();
    }

    private void carryRequests() throws IOException {
        Socket connected = listening.accept();
        client = Optional.of(connected);
        closeQuietly(listening);
        InputStream in = new BufferedInputStream(connected.getInputStream());
        boolean known = false;
        while (true) {
            RtspMessage message = RtspMessage.read(in);
            if (!known && !message.text().contains(here())) {
                return;
            }
            if (!known) {
                known = true;
                // What the client has still to say goes out, whatever has become of the way back.
                thread("rtsp-relay-in", this::carryAnswers, () -> closeQuietly(connected::shutdownOutput))
                        .start();
            }
            if (message.isText()) {
                lastRequest = Optional.of(message.with(message.text().replace(here(), there())));
                send(lastRequest.get(), upstream, true);
            } else {
                send(message, upstream, false);
            }
        }
    }

    private void carryAnswers() throws IOException {
        InputStream in = new BufferedInputStream(upstream.getInputStream());
        Optional<RtspMessage> asked = Optional.empty();
        while (true) {
            RtspMessage message = RtspMessage.read(in);
            OptionalInt status = message.status();
            if (status.orElse(0) == 401
                    && !asked.equals(lastRequest)
                    && server.login().isPresent()) {
                // Once a request: a wrong password is wrong again.
                asked = lastRequest;
                challenge = Challenge.of(message.headers("WWW-Authenticate"));
                if (challenge.isPresent() && asked.isPresent()) {
                    send(asked.get(), upstream, true);
                    continue;
                }
            }
            if (status.orElse(0) >= 400) {
                refusal = status;
            }
            if (client.isPresent()) {
                send(message.isText() ? forClient(message) : message, client.get(), false);
            }
        }
    }

    /** FFmpeg would answer a question for a password by the same request once more, and take this computer for the source of datagrams. */
    private RtspMessage forClient(RtspMessage answer) {
        return answer.without("WWW-Authenticate")
                .withSource(upstream.getInetAddress().getHostAddress());
    }

    private void send(RtspMessage message, Socket to, boolean authorized) throws IOException {
        RtspMessage sent = authorized && challenge.isPresent() && server.login().isPresent()
                ? message.withHeader(
                        "Authorization", challenge.get().header(server.login().get(), message.word(0), message.word(1)))
                : message;
        OutputStream out = to.getOutputStream();
        // Both threads may have something for the server.
        synchronized (to) {
            out.write(sent.bytes());
            out.flush();
        }
    }

    private static Thread thread(String name, Carrying carrying, Runnable end) {
        Thread thread = new Thread(
                () -> {
                    try {
                        carrying.run();
                    } catch (IOException gone) {
                        // The other side learns it by the end.
                    } finally {
                        end.run();
                    }
                },
                name);
        thread.setDaemon(true);
        return thread;
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            // It is gone already.
        }
    }

    /** What one thread does until the connection ends. */
    @FunctionalInterface
    private interface Carrying {
        void run() throws IOException;
    }
}
