package dev.sightline.source.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connection to a web server. Every wait ends at the deadline of now, and when its thread is interrupted, which closes
 * the connection. Used by one thread.
 */
final class Connection implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 << 10;

    private final SocketChannel channel;
    private final TimedSocket timed;
    /** TLS on it, or itself. */
    private final Socket socket;

    private final InputStream input;

    private Connection(SocketChannel channel, TimedSocket timed, Socket socket) throws IOException {
        this.channel = channel;
        this.timed = timed;
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    }

    /** Connects to the first of the host's addresses that answers, until a reading of {@link System#nanoTime}. */
    static Connection open(WebAddress address, long deadline) throws IOException {
        return open(address, InetAddress.getAllByName(address.host()), deadline);
    }

    /** Of several addresses each has its share of the time that is left: a dead one leaves the others theirs. */
    static Connection open(WebAddress address, InetAddress[] all, long deadline) throws IOException {
        IOException failure = new IOException("unknown host");
        for (int i = 0; i < all.length; i++) {
            long now = System.nanoTime();
            try {
                Connection connection = open(address, all[i], now + (deadline - now) / (all.length - i));
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
            return new Connection(channel, timed, socket);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** From now on, waits end at this reading of {@link System#nanoTime}. */
    void deadline(long nanoTime) {
        timed.deadline(nanoTime);
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
