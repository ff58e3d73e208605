package dev.sightline.source.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A connected socket with a deadline for reading, however slowly bytes come, and a limit on bytes, however many come. TLS may
 * be layered on it: both also apply to its handshake and records. Used by one thread.
 */
final class TimedSocket extends Socket {
    /** What a server may send before its kind is known: a TLS handshake and the head of an answer. */
    static final long AT_FIRST = 256 << 10;

    private final Socket socket;
    private final InputStream input;
    private long deadline;
    private long allowed = AT_FIRST;

    /** Wraps a socket, with a deadline of {@link System#nanoTime}. */
    TimedSocket(Socket socket, long deadline) throws IOException {
        this.socket = socket;
        this.input = new Timed(socket.getInputStream());
        this.deadline = deadline;
    }

    /** The time until a deadline; throws {@link SocketTimeoutException} if it has passed. */
    static int millisTo(long deadline) throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) Math.min(Integer.MAX_VALUE, millis);
    }

    /** Sets the deadline, a reading of {@link System#nanoTime}. */
    void deadline(long nanoTime) {
        deadline = nanoTime;
    }

    /** Limits the bytes to read from now on. */
    void allow(long bytes) {
        allowed = bytes;
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return socket.getOutputStream();
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public InetAddress getInetAddress() {
        return socket.getInetAddress();
    }

    @Override
    public int getPort() {
        return socket.getPort();
    }

    @Override
    public boolean isInputShutdown() {
        return socket.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return socket.isOutputShutdown();
    }

    @Override
    public void shutdownInput() throws IOException {
        socket.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public synchronized int getSoTimeout() throws SocketException {
        return socket.getSoTimeout();
    }

    @Override
    public synchronized void setSoTimeout(int millis) throws SocketException {
        socket.setSoTimeout(millis);
    }

    @Override
    public synchronized void close() throws IOException {
        socket.close();
    }

    private final class Timed extends FilterInputStream {
        Timed(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            socket.setSoTimeout(millisTo(deadline));
            if (allowed <= 0) {
                throw new IOException("it sends more than any camera does, and no picture");
            }
            int count = in.read(bytes, from, (int) Math.min(length, allowed));
            allowed -= Math.max(0, count);
            return count;
        }
    }
}
