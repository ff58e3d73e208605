package dev.sightline.source.rtsp;

import dev.sightline.metrics.SingleWriterCounter;
import dev.sightline.source.AnyCertificate;
import dev.sightline.source.Challenge;
import dev.sightline.source.EgressRule;
import dev.sightline.source.NetworkAddress;
import dev.sightline.source.NetworkAddress.Login;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Stands between FFmpeg and a server, so that FFmpeg goes only where the {@link EgressRule} allows and takes no more than it
 * must: left to itself it follows any redirect, for ever, and gathers a picture of any length.
 *
 * <p>It answers questions for a password itself, once a request, because FFmpeg knows Digest with MD5 only and newer cameras
 * want SHA-256. It tells with what status a server refused, and whereto it redirects.
 *
 * <p>It listens on this computer only, for one connection, which must name a path that nobody can guess. Two threads carry
 * the bytes. Datagrams pass it by.
 */
final class RtspRelay implements AutoCloseable {
    private static final int PORT = 554;
    private static final int SECURE_PORT = 322;
    /** What may come from one whole picture to the next. */
    private static final long MOST_BETWEEN = 64 << 20;

    /** Never from the server: where it leads elsewhere FFmpeg must learn nothing but that it ends here. */
    private static final String MOVED = "RTSP/1.0 404 Moved";

    private static final int BUFFER_BYTES = 64 << 10;

    /** How long the client's last words may take to reach the server. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final NetworkAddress server;
    private final Optional<Login> login;
    private final ServerSocket listening;
    private final Socket upstream;
    private final InetAddress address;
    private final EgressRule rule;
    private final String token = UUID.randomUUID().toString();
    private final Thread outgoing = thread("rtsp-relay-out", this::carryRequests, this::cut);
    private volatile Optional<Socket> client = Optional.empty();
    private volatile Optional<Challenge> challenge = Optional.empty();
    private volatile OptionalInt refusal = OptionalInt.empty();
    private volatile Optional<RtspMessage> lastRequest = Optional.empty();
    private volatile Optional<String> redirect = Optional.empty();
    private volatile Optional<String> excess = Optional.empty();
    private final SingleWriterCounter pictures = new SingleWriterCounter();

    private RtspRelay(NetworkAddress server, Optional<Login> login, Socket upstream, ServerSocket listening) {
        this.server = server;
        this.login = login;
        this.upstream = upstream;
        this.address = upstream.getInetAddress();
        this.rule = EgressRule.ofServerAt(address);
        this.listening = listening;
    }

    /**
     * A relay to a server, connected with it. An interrupt of the calling thread ends the attempt.
     *
     * @param login whom the server is to know; empty for nobody
     * @param rule where it may be; empty for anywhere
     * @throws IOException if the server cannot be reached, or must not be
     */
    static RtspRelay open(NetworkAddress server, Optional<Login> login, Optional<EgressRule> rule, Duration limit)
            throws IOException {
        Socket upstream = connected(server, rule, System.nanoTime() + limit.toNanos());
        try {
            ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            listening.setSoTimeout((int) limit.toMillis());
            RtspRelay relay = new RtspRelay(server, login, upstream, listening);
            relay.outgoing.start();
            return relay;
        } catch (IOException e) {
            closeQuietly(upstream);
            throw e;
        }
    }

    /** Of several addresses each has its share of the time. */
    private static Socket connected(NetworkAddress server, Optional<EgressRule> rule, long deadline)
            throws IOException {
        List<InetAddress> all = EgressRule.allowed(server.host(), rule);
        IOException failure = new IOException("unknown host");
        for (int i = 0; i < all.size(); i++) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            try {
                return connected(server, all.get(i), (int) Math.max(1, left / (all.size() - i)));
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private static Socket connected(NetworkAddress server, InetAddress number, int millis) throws IOException {
        boolean secure = server.scheme().equals("rtsps");
        int port = server.port(secure ? SECURE_PORT : PORT);
        // A channel's connecting can be interrupted.
        SocketChannel channel = SocketChannel.open();
        try {
            Socket socket = channel.socket();
            socket.connect(new InetSocketAddress(number, port), millis);
            socket.setTcpNoDelay(true);
            if (!secure) {
                return socket;
            }
            socket.setSoTimeout(millis);
            Socket secured = AnyCertificate.secured(socket, server.host(), port);
            socket.setSoTimeout(0);
            return secured;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The rule for whatever the server leads to. */
    EgressRule rule() {
        return rule;
    }

    /** Whereto the server redirected, if it did. */
    Optional<String> redirect() {
        return redirect;
    }

    /** Why the server was left, if it sent too much; words that fit after its name. */
    Optional<String> excess() {
        return excess;
    }

    /** A picture has come: as much may come for the next. */
    void renew() {
        pictures.increment();
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
        InputStream in = new BufferedInputStream(upstream.getInputStream(), BUFFER_BYTES);
        Optional<RtspMessage> asked = Optional.empty();
        long picture = pictures.value();
        long between = 0;
        while (true) {
            RtspMessage message = answer(in);
            between = picture == pictures.value() ? between + message.length() : 0;
            picture = pictures.value();
            if (between > MOST_BETWEEN) {
                excess = Optional.of("64 MiB came without a whole picture in them");
                return;
            }
            OptionalInt status = message.status();
            if (status.orElse(0) == 401 && !asked.equals(lastRequest) && login.isPresent()) {
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
            } else if (status.orElse(0) >= 300) {
                redirect = message.headers("Location").stream().findFirst().or(() -> Optional.of(""));
            }
            if (client.isPresent()) {
                send(message.isText() ? forClient(message) : message, client.get(), false);
            }
        }
    }

    private RtspMessage answer(InputStream in) throws IOException {
        try {
            return RtspMessage.read(in);
        } catch (ProtocolException e) {
            excess = Optional.of(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** FFmpeg would answer a question for a password by the same request once more, and take this computer for the source of datagrams. */
    private RtspMessage forClient(RtspMessage answer) {
        return answer.without("WWW-Authenticate")
                .without("Location")
                .withStatus(300, MOVED)
                .withSource(address.getHostAddress(), rule::allowsNumber);
    }

    private void send(RtspMessage message, Socket to, boolean authorized) throws IOException {
        RtspMessage sent = authorized && challenge.isPresent() && login.isPresent()
                ? message.withHeader(
                        "Authorization", challenge.get().header(login.get(), message.word(0), message.word(1)))
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
