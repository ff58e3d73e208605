package dev.sightline.testkit.webrtc;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/** DTLS's datagrams between the loop, which puts them in, and a handshake, which waits for them on a thread of its own. */
final class DatagramQueue implements DatagramTransport {
    private static final int LIMIT = 1200;

    private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
    private final Consumer<byte[]> sink;
    private volatile boolean closed;

    /** With where outgoing ones go; called by the handshake's thread. */
    DatagramQueue(Consumer<byte[]> sink) {
        this.sink = sink;
    }

    /** Takes one in; from any thread. */
    void put(byte[] datagram) {
        arrived.add(datagram);
    }

    @Override
    public int receive(byte[] target, int offset, int length, int waitMillis) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        try {
            byte[] datagram = arrived.poll(waitMillis, TimeUnit.MILLISECONDS);
            if (datagram == null) {
                return -1;
            }
            int taken = Math.min(length, datagram.length);
            System.arraycopy(datagram, 0, target, offset, taken);
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void send(byte[] source, int offset, int length) {
        byte[] datagram = new byte[length];
        System.arraycopy(source, offset, datagram, 0, length);
        sink.accept(datagram);
    }

    @Override
    public int getReceiveLimit() {
        return 2048;
    }

    @Override
    public int getSendLimit() {
        return LIMIT;
    }

    @Override
    public void close() {
        closed = true;
    }
}
