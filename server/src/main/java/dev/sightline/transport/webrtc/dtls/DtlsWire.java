package dev.sightline.transport.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams of one DTLS session. During the handshake the library blocks for them on its own thread; afterwards it reads
 * those available, on the media thread.
 */
final class DtlsWire implements DatagramTransport {
    private static final int MAX_WAITING = 64;
    private static final int MAX_RECEIVED_BYTES = 2048;
    private static final int MAX_SENT_BYTES = 1200;
    private static final int LONGEST_WAIT_MILLIS = 1000;
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Consumer<byte[]> out;
    private final ConcurrencyLimit turnstile;
    private volatile boolean ended;
    private volatile boolean polled;

    /**
     * @param out sends datagrams, from any thread
     * @param turnstile left while waiting, so that others can compute
     */
    DtlsWire(Consumer<byte[]> out, ConcurrencyLimit turnstile) {
        this.out = out;
        this.turnstile = turnstile;
    }

    /** Takes a datagram; too many at once are dropped, as on any network. */
    void arrived(byte[] datagram) {
        waiting.offer(datagram);
    }

    /** From now on reads do not block: without a datagram they throw {@link InterruptedIOException}. */
    void poll() {
        polled = true;
    }

    /** Releases a waiting reader. */
    void end() {
        ended = true;
        waiting.clear();
        waiting.offer(END);
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        byte[] datagram = polled ? waiting.poll() : await(waitMillis);
        if (ended) {
            throw new IOException("the transport has ended");
        }
        if (datagram == null) {
            if (polled) {
                throw new Drained();
            }
            return -1;
        }
        int bytes = Math.min(length, datagram.length);
        System.arraycopy(datagram, 0, buffer, offset, bytes);
        return bytes;
    }

    private byte @Nullable [] await(int waitMillis) throws IOException {
        byte[] there = waiting.poll();
        if (there != null) {
            return there;
        }
        turnstile.leave();
        try {
            int wait = waitMillis == 0 ? LONGEST_WAIT_MILLIS : waitMillis;
            return waiting.poll(wait, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the transport has ended", e);
        } finally {
            turnstile.enter();
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        out.accept(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public int getReceiveLimit() {
        return MAX_RECEIVED_BYTES;
    }

    @Override
    public int getSendLimit() {
        return MAX_SENT_BYTES;
    }

    @Override
    public void close() {
        // The transport owns the tuple.
    }

    /** No datagram is available, which is no failure; the library lets this exception through. */
    private static final class Drained extends InterruptedIOException {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
