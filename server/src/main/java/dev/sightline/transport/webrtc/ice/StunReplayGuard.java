package dev.sightline.transport.webrtc.ice;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The latest ICE checks of one transport, by their transactions. A check that comes again from elsewhere, or much later, was
 * recorded and replayed by an attacker to divert the media, or to keep it flowing after the peer has left.
 */
final class StunReplayGuard {
    private static final int SIZE = 256;

    /** Enough time for a peer to repeat a check whose answer was lost (RFC 8489, 6.2.1: the pauses double from 0.5 s on). */
    private static final long REPEATED_NANOS = TimeUnit.SECONDS.toNanos(8);

    private final long[] transactions = new long[SIZE];
    private final int[] places = new int[SIZE];
    private final long[] times = new long[SIZE];
    private int next;
    private int count;

    /** Notes a check; false if the same check came before from another address, or long ago. */
    boolean note(long transaction, InetSocketAddress from, long now) {
        int place = Arrays.hashCode(from.getAddress().getAddress()) * 31 + from.getPort();
        for (int i = 0; i < count; i++) {
            if (transactions[i] == transaction) {
                return places[i] == place && now - times[i] < REPEATED_NANOS;
            }
        }
        transactions[next] = transaction;
        places[next] = place;
        times[next] = now;
        next = (next + 1) % SIZE;
        count = Math.max(count, next == 0 ? SIZE : next);
        return true;
    }
}
