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
 * A relay between FFmpeg and a server, which lets FFmpeg go only where the {@link EgressRule} allows and limits what it
 * receives: by itself, FFmpeg follows any redirect, for ever, and assembles a frame of any length.
 *
 * <p>It answers authentication challenges itself, once per request, because FFmpeg supports only Digest with MD5 and newer
 * cameras require SHA-256. It reports the status of a refusal, and the target of a redirect.
 *
 * <p>It listens only on this computer, for one connection, which must name an unguessable path. Two threads carry the bytes.
 * Datagrams bypass it.
 */
final class RtspRelay implements AutoCloseable {
    private static final int PORT = 554;
    private static final int SECURE_PORT = 322;
    /** The most bytes between two frames. */
    private static final long MOST_BETWEEN = 64 << 20;

    /** Replaces a redirect: FFmpeg must learn nothing but that the stream ends here. */
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

    private RtspRelay(
            NetworkAddress server,
            Optional<Login> login,
            Socket upstream,
            Optional<EgressRule> rule,
            ServerSocket listening) {
        this.server = server;
        this.login = login;
        this.upstream = upstream;
        this.address = upstream.getInetAddress();
        this.rule = rule.map(given -> given.at(address)).orElseGet(() -> EgressRule.ofServerAt(address));
        this.listening = listening;
    }

    /**
     * Connects a relay to a server. An interrupt of the calling thread ends the attempt.
     *
     * @param login the user for the server; empty for none
     * @param rule where it may be; empty for anywhere
     * @throws IOException if the server cannot be reached, or must not be
     */
    static RtspRelay open(NetworkAddress server, Optional<Login> login, Optional<EgressRule> rule, Duration limit)
            throws IOException {
        Socket upstream = connected(server, rule, System.nanoTime() + limit.toNanos());
        try {
            ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            listening.setSoTimeout((int) limit.toMillis());
            RtspRelay relay = new RtspRelay(server, login, upstream, rule, listening);
            relay.outgoing.start();
            return relay;
        } catch (IOException e) {
            closeQuietly(upstream);
            throw e;
        }
    }

    /** Each of several addresses gets a share of the time. */
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
        // Connecting a channel can be interrupted.
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

    /** The rule for everything that the server leads to. */
    EgressRule rule() {
        return rule;
    }

    /** The target of the server's redirect, if there was one. */
    Optional<String> redirect() {
        return redirect;
    }

    /** Why the connection was ended, if the server sent too much; words that fit after its name. */
    Optional<String> excess() {
        return excess;
    }

    /** A frame has come: resets the limit on bytes. */
    void renew() {
        pictures.increment();
    }

    /** The local address of the server for FFmpeg. */
    String url() {
        return here() + server.path();
    }

    /** The status of the server's last refusal. */
    OptionalInt refusal() {
        return refusal;
    }

    /** Ends when the server has received what the client sent before its own end, a TEARDOWN. */
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
                // The client's last words are sent, even if the other direction has failed.
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
                // Once per request: a wrong password stays wrong.
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

    /**
     * FFmpeg would answer an authentication challenge by repeating the request once more, and would take this computer for the
     * source of datagrams.
     */
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
        // Both threads may write to the server.
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
                        // The other side learns of it by the end.
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
            // It is already closed.
        }
    }

    /** A thread's work until the connection ends. */
    @FunctionalInterface
    private interface Carrying {
        void run() throws IOException;
    }
}
