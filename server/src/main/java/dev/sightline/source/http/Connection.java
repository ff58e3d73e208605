package dev.sightline.source.http;

import dev.sightline.source.AnyCertificate;
import dev.sightline.source.EgressRule;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A connection to a web server. Every wait ends at the deadline of now, and when its thread is interrupted, which closes
 * the connection; of bytes no more than the allowance of now are read. Used by one thread.
 */
final class Connection implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 << 10;

    private final WebAddress server;
    private final SocketChannel channel;
    private final TimedSocket timed;
    /** TLS on it, or itself. */
    private final Socket socket;

    private final InputStream input;

    private Connection(WebAddress server, SocketChannel channel, TimedSocket timed, Socket socket) throws IOException {
        this.server = server;
        this.channel = channel;
        this.timed = timed;
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    }

    /**
     * Connects to the first of the host's addresses that is allowed and answers, until a reading of {@link System#nanoTime}.
     *
     * @param rule which are allowed; empty where all are
     */
    static Connection open(WebAddress address, Optional<EgressRule> rule, long deadline) throws IOException {
        return open(address, EgressRule.allowed(address.host(), rule), deadline);
    }

    /** Of several addresses each has its share of the time that is left: a dead one leaves the others theirs. */
    static Connection open(WebAddress address, List<InetAddress> all, long deadline) throws IOException {
        IOException failure = new IOException("unknown host");
        for (int i = 0; i < all.size(); i++) {
            long now = System.nanoTime();
            try {
                Connection connection = open(address, all.get(i), now + (deadline - now) / (all.size() - i));
                connection.deadline(deadline);
                return connection;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private static Connection open(WebAddress address, InetAddress number, long deadline) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(new InetSocketAddress(number, address.port()), TimedSocket.millisTo(deadline));
            channel.socket().setTcpNoDelay(true);
            TimedSocket timed = new TimedSocket(channel.socket(), deadline);
            Socket socket = address.secure() ? AnyCertificate.secured(timed, address.host(), address.port()) : timed;
            return new Connection(address, channel, timed, socket);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** From now on, waits end at this reading of {@link System#nanoTime}. */
    void deadline(long nanoTime) {
        timed.deadline(nanoTime);
    }

    /** From now on, so many bytes are read at most, those of TLS included. */
    void allow(long bytes) {
        timed.allow(bytes);
    }

    /** Whom it was opened to. */
    WebAddress server() {
        return server;
    }

    /** The number it is connected to. */
    InetAddress number() {
        return timed.getInetAddress();
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** What the server sends; a {@link SocketTimeoutException} where the deadline passes. */
    InputStream input() {
        return input;
    }

    /** Says no goodbye, for which the other side might be waited for. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException closed) {
            // Then it is closed.
        }
    }
}
