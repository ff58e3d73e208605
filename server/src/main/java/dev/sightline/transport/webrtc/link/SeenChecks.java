package dev.sightline.transport.webrtc.link;

import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * The latest ICE checks of one link, by their transactions: a check that comes again from elsewhere was recorded and
 * replayed by somebody who wants the media to go astray.
 */
final class SeenChecks {
    private static final int SIZE = 256;

    private final long[] transactions = new long[SIZE];
    private final int[] places = new int[SIZE];
    private int next;
    private int count;

    /** Notes a check; false if the same came from another address before. */
    boolean note(long transaction, InetSocketAddress from) {
        int place = Arrays.hashCode(from.getAddress().getAddress()) * 31 + from.getPort();
        for (int i = 0; i < count; i++) {
            if (transactions[i] == transaction) {
                return places[i] == place;
            }
        }
        transactions[next] = transaction;
        places[next] = place;
        next = (next + 1) % SIZE;
        count = Math.max(count, next == 0 ? SIZE : next);
        return true;
    }
}
