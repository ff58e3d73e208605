package dev.sightline.transport.webrtc.link;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A way to one remote address: UDP, or a TCP connection. It belongs to the link whose password its peer knew. The media
 * thread only.
 */
abstract class Path {
    private final InetSocketAddress remote;
    private @Nullable Link link;
    private long heardNanos;
    private boolean proved;
    private @Nullable Question question;

    Path(InetSocketAddress remote) {
        this.remote = remote;
    }

    /** Puts a packet, which begins at 0, on the way; {@link #flush} sends it. */
    abstract void put(byte[] packet, int length);

    /** Sends what is on the way. */
    abstract void flush();

    /** Sends a packet that keeps the link alive, past what is on the way. */
    abstract void sendNow(byte[] packet, int length);

    abstract boolean tcp();

    /** Lets go of what is on the way, and of a connection. */
    abstract void close();

    final InetSocketAddress remote() {
        return remote;
    }

    final @Nullable Link link() {
        return link;
    }

    final void belongsTo(Link owner) {
        link = owner;
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
    final void dropped(Tally tally, int packets) {
        tally.add(packets);
        if (link != null) {
            link.dropped(packets);
        }
    }
}
