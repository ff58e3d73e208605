package dev.sightline.source.http;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a web server. Every wait ends at the deadline of now, and when its thread is interrupted, which closes
 * the connection. Used by one thread.
 */
final class Connection implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 << 10;

    private final SocketChannel channel;
    private final Socket socket;
    private final InputStream input;
    private long deadline;

    private Connection(SocketChannel channel, Socket socket, long deadline) throws IOException {
        this.channel = channel;
        this.socket = socket;
        this.deadline = deadline;
        this.input = new BufferedInputStream(new Timed(socket.getInputStream()), BUFFER_BYTES);
    }

    /** Connects to the first of the host's addresses that answers, until a reading of {@link System#nanoTime}. */
    static Connection open(WebAddress address, long deadline) throws IOException {
        IOException failure = new IOException("unknown host");
        for (InetAddress each : InetAddress.getAllByName(address.host())) {
            SocketChannel channel = SocketChannel.open();
            try {
                channel.socket().connect(new InetSocketAddress(each, address.port()), millisTo(deadline));
                channel.socket().setTcpNoDelay(true);
                return new Connection(channel, secured(channel.socket(), address, deadline), deadline);
            } catch (IOException e) {
                channel.close();
                failure = e;
            } catch (RuntimeException e) {
                channel.close();
                throw e;
            }
        }
        throw failure;
    }

    private static Socket secured(Socket plain, WebAddress address, long deadline) throws IOException {
        plain.setSoTimeout(millisTo(deadline));
        return address.secure() ? AnyCertificate.secured(plain, address.host(), address.port()) : plain;
    }

    /** From now on, waits end at this reading of {@link System#nanoTime}. */
    void deadline(long nanoTime) {
        deadline = nanoTime;
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

    private static int millisTo(long deadline) throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) Math.min(Integer.MAX_VALUE, millis);
    }

    /** However little comes at a time, all of it comes until the deadline or not at all. */
    private final class Timed extends FilterInputStream {
        Timed(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            socket.setSoTimeout(millisTo(deadline));
            return in.read(bytes, from, length);
        }
    }
}
