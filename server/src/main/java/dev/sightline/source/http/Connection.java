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
 * A connection to a web server. Every wait ends at the current deadline, and by an interrupt of its thread, which closes the
 * connection. It reads no more bytes than the current allowance. Used by one thread.
 */
final class Connection implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 << 10;

    private final WebAddress server;
    private final SocketChannel channel;
    private final TimedSocket timed;
    /** With TLS, the socket around it; otherwise itself. */
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
     * @param rule which are allowed; empty if all are
     */
    static Connection open(WebAddress address, Optional<EgressRule> rule, long deadline) throws IOException {
        return open(address, EgressRule.allowed(address.host(), rule), deadline);
    }

    /** Each of several addresses gets a share of the remaining time: a dead one leaves time for the others. */
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

    /** Sets the deadline, a reading of {@link System#nanoTime}. */
    void deadline(long nanoTime) {
        timed.deadline(nanoTime);
    }

    /** Limits the bytes to read from now on, including those of TLS. */
    void allow(long bytes) {
        timed.allow(bytes);
    }

    /** The server it was opened to. */
    WebAddress server() {
        return server;
    }

    /** The numeric address it is connected to. */
    InetAddress number() {
        return timed.getInetAddress();
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** The server's bytes; reading throws {@link SocketTimeoutException} if the deadline passes. */
    InputStream input() {
        return input;
    }

    /** Sends no goodbye, which might wait for the other side. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException closed) {
            // It is closed then.
        }
    }
}
