package dev.sightline.transport.webrtc.ice;

import dev.sightline.metrics.SingleWriterCounter;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A path to one remote address: UDP, or a TCP connection. It belongs to the agent whose password its peer knew. Subclasses send
 * the packets. Used on the media thread.
 */
public abstract class TransportTuple {
    /** How many bytes an unproven address gets for each byte that came from there (RFC 9000 section 8.1). */
    private static final int MOST_TIMES = 3;

    /** As many datagrams as our side of a handshake has. */
    private static final int MOST_WITHHELD = 8;

    private final InetSocketAddress remote;
    private final SingleWriterCounter withheldCount;
    private final Queue<byte[]> withheld = new ArrayDeque<>();
    private long heardNanos;
    private boolean proved;
    private @Nullable Question question;
    private long allowance;

    /** @param withheldCount counts the packets that have to wait */
    protected TransportTuple(InetSocketAddress remote, SingleWriterCounter withheldCount) {
        this.remote = remote;
        this.withheldCount = withheldCount;
    }

    /** Queues a packet, which begins at index 0; {@link #flush} sends it. */
    public abstract void put(byte[] packet, int length);

    /** Sends the queued packets. */
    public abstract void flush();

    /** Sends a packet at once, ahead of queued ones. */
    protected abstract void transmit(byte[] packet, int length);

    /**
     * Sends a packet that establishes the connection or keeps it alive. Source addresses can be forged; so until the peer has
     * proved to be there, it gets no more than three times the bytes that came from there, and the rest waits.
     */
    public final void sendNow(byte[] packet, int length) {
        if (proved) {
            transmit(packet, length);
        } else if (withheld.isEmpty() && allowance >= length) {
            allowance -= length;
            transmit(packet, length);
        } else {
            withheldCount.add(1);
            if (withheld.size() < MOST_WITHHELD) {
                withheld.add(Arrays.copyOf(packet, length));
            }
        }
    }

    /** Counts bytes that came from there, for the agent or in its name. */
    public final void arrived(int bytes) {
        if (!proved) {
            allowance += (long) MOST_TIMES * bytes;
            release();
        }
    }

    private void release() {
        for (byte[] next = withheld.peek();
                next != null && (proved || allowance >= next.length);
                next = withheld.peek()) {
            withheld.remove();
            allowance -= next.length;
            transmit(next, next.length);
        }
    }

    /** Whether it is a TCP connection. */
    public abstract boolean tcp();

    /** Frees queued packets and the connection. */
    public abstract void close();

    /** The peer's address. */
    public final InetSocketAddress remote() {
        return remote;
    }

    /** The tuple now belongs to another agent: what the previous agent's peer has proved does not count. */
    protected final void restart() {
        proved = tcp();
        question = null;
        allowance = 0;
        withheld.clear();
    }

    /** When the last authentic check or media packet came from there. */
    public final long heardNanos() {
        return heardNanos;
    }

    /** An authentic check or media packet has come from there. */
    public final void heard(long nanos) {
        heardNanos = nanos;
    }

    /** Whether the peer has proved that it receives what is sent there. */
    public final boolean isProved() {
        return proved;
    }

    final void prove() {
        proved = true;
        release();
    }

    /** Our check that the peer has not answered there yet. */
    final @Nullable Question question() {
        return question;
    }

    final void asked(@Nullable Question latest) {
        question = latest;
    }

    /**
     * A check of ours.
     *
     * @param transaction repeated by the answer
     * @param askedNanos when it was last sent
     * @param nominating whether media goes there once it is answered
     */
    record Question(byte[] transaction, long askedNanos, boolean nominating) {}
}
