package dev.sightline.transport.webrtc.ice;

import dev.sightline.metrics.SingleWriterCounter;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A way to one remote address: UDP, or a TCP connection. It belongs to the agent whose password its peer knew. Who extends it sends
 * the packets. The media thread only.
 */
public abstract class TransportTuple {
    /** What is answered to where nobody has shown to be, for each byte that came from there (as RFC 9000 section 8.1 has it). */
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

    /** Puts a packet, which begins at 0, on the way; {@link #flush} sends it. */
    public abstract void put(byte[] packet, int length);

    /** Sends what is on the way. */
    public abstract void flush();

    /** Sends a packet at once, past what is on the way. */
    protected abstract void transmit(byte[] packet, int length);

    /**
     * Sends a packet that brings the connection about or keeps it alive. Anybody can write another's address on a datagram; so until the
     * peer has shown that it is there, no more than three times as much goes there as came from there, and the rest waits.
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

    /** So much has come from there, for the agent or in its name. */
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

    /** Lets go of what is on the way, and of a connection. */
    public abstract void close();

    /** The peer's address. */
    public final InetSocketAddress remote() {
        return remote;
    }

    /** It belongs to another agent from now on: what the peer of the one before has shown holds for that one only. */
    protected final void restart() {
        proved = tcp();
        question = null;
        allowance = 0;
        withheld.clear();
    }

    /** When the last authentic check or packet of media came from there. */
    public final long heardNanos() {
        return heardNanos;
    }

    /** An authentic check or packet of media has come from there. */
    public final void heard(long nanos) {
        heardNanos = nanos;
    }

    /** Whether the peer has shown that it receives what goes there. */
    public final boolean isProved() {
        return proved;
    }

    final void prove() {
        proved = true;
        release();
    }

    /** What the peer was asked there and has not answered yet. */
    final @Nullable Question question() {
        return question;
    }

    final void asked(@Nullable Question latest) {
        question = latest;
    }

    /**
     * A check of ours.
     *
     * @param transaction which the answer repeats
     * @param askedNanos when it was sent last
     * @param nominating whether media goes there once it is answered
     */
    record Question(byte[] transaction, long askedNanos, boolean nominating) {}
}
