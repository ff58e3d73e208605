package dev.sightline.transport.webrtc.link;

import dev.sightline.metrics.SingleWriterCounter;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A way to one remote address: UDP, or a TCP connection. It belongs to the link whose password its peer knew. The media
 * thread only.
 */
abstract class TransportTuple {
    /** What is answered to where nobody has shown to be, for each byte that came from there (as RFC 9000 section 8.1 has it). */
    private static final int MOST_TIMES = 3;

    /** As many datagrams as our side of a handshake has. */
    private static final int MOST_WITHHELD = 8;

    private final InetSocketAddress remote;
    private final Counters counters;
    private final Queue<byte[]> withheld = new ArrayDeque<>();
    private @Nullable Link link;
    private long heardNanos;
    private boolean proved;
    private @Nullable Question question;
    private long allowance;

    TransportTuple(InetSocketAddress remote, Counters counters) {
        this.remote = remote;
        this.counters = counters;
    }

    /** Puts a packet, which begins at 0, on the way; {@link #flush} sends it. */
    abstract void put(byte[] packet, int length);

    /** Sends what is on the way. */
    abstract void flush();

    /** Sends a packet at once, past what is on the way. */
    abstract void transmit(byte[] packet, int length);

    /**
     * Sends a packet that brings the link about or keeps it alive. Anybody can write another's address on a datagram; so until the
     * peer has shown that it is there, no more than three times as much goes there as came from there, and the rest waits.
     */
    final void sendNow(byte[] packet, int length) {
        if (proved) {
            transmit(packet, length);
        } else if (withheld.isEmpty() && allowance >= length) {
            allowance -= length;
            transmit(packet, length);
        } else {
            counters.withheld.add(1);
            if (withheld.size() < MOST_WITHHELD) {
                withheld.add(Arrays.copyOf(packet, length));
            }
        }
    }

    /** So much has come from there, for the link or in its name. */
    final void arrived(int bytes) {
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

    abstract boolean tcp();

    /** Lets go of what is on the way, and of a connection. */
    abstract void close();

    final InetSocketAddress remote() {
        return remote;
    }

    final @Nullable Link link() {
        return link;
    }

    /** What the peer of another link has shown holds for that link only. */
    final void belongsTo(Link owner) {
        link = owner;
        proved = tcp();
        question = null;
        allowance = 0;
        withheld.clear();
    }

    /** When the last authentic check or packet of media came from there. */
    final long heardNanos() {
        return heardNanos;
    }

    final void heard(long nanos) {
        heardNanos = nanos;
    }

    /** Whether the peer has shown that it receives what goes there. */
    final boolean isProved() {
        return proved;
    }

    final void prove() {
        proved = true;
        release();
    }

    final Counters counters() {
        return counters;
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

    /** Packets that were on the way could not be sent. */
    final void dropped(SingleWriterCounter tally, int packets) {
        tally.add(packets);
        if (link != null) {
            link.dropped(packets);
        }
    }
}
