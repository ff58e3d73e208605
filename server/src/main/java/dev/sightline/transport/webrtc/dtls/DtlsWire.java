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
 * The datagrams of one DTLS session: the library waits for them during the handshake, on a thread of its own, and takes
 * those that are there afterwards, on the media thread.
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
     * @param out takes what is to be sent, from any thread
     * @param turnstile left while waiting, so that others can calculate
     */
    DtlsWire(Consumer<byte[]> out, ConcurrencyLimit turnstile) {
        this.out = out;
        this.turnstile = turnstile;
    }

    /** A datagram has come; too many at once are lost, as on any network. */
    void arrived(byte[] datagram) {
        waiting.offer(datagram);
    }

    /** From now on nobody waits: when there is nothing, {@link InterruptedIOException} says so. */
    void poll() {
        polled = true;
    }

    /** Whoever waits need not any longer. */
    void end() {
        ended = true;
        waiting.clear();
        waiting.offer(END);
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        byte[] datagram = polled ? waiting.poll() : await(waitMillis);
        if (ended) {
            throw new IOException("the link has ended");
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
            throw new IOException("the link has ended", e);
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
        // The transport owns the way.
    }

    /** Nothing is there, which is no failure; the library lets this one through. */
    private static final class Drained extends InterruptedIOException {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
