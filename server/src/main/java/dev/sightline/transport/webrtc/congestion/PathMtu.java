package dev.sightline.transport.webrtc.congestion;

/**
 * Notices that large datagrams are lost and small ones are not, as behind a tunnel whose ICMP messages are filtered (RFC 8899
 * section 1.1 calls it a black hole), and finds the size that passes: down to 576 bytes with the IP and UDP headers, which every
 * host takes (RFC 791). It goes up again only with a new session: to try would cost pictures.
 */
final class PathMtu {
    private static final long SILENCE_NANOS = 900_000_000L;
    private static final int MANY_LARGE = 8;
    private static final int SOME_SMALL = 3;

    /** Of UDP payload; tunnels commonly take 20 to 80 bytes of 1,280 or more, and some a second time. */
    private static final int[] SIZES = {1_200, 1_000, 780, 548};

    private int level;
    private int largeLost;
    private int smallArrived;
    private int largeUnheard;
    private long arrivedNanos = Long.MIN_VALUE;

    /** The largest datagram to send, in bytes of UDP payload. */
    int bytes() {
        return SIZES[level];
    }

    void sent(int count, double packetBytes, long nowNanos) {
        if (arrivedNanos == Long.MIN_VALUE) {
            arrivedNanos = nowNanos;
        }
        largeUnheard += isLarge(packetBytes) ? count : 0;
    }

    void arrived(double packetBytes, long nowNanos) {
        arrivedNanos = nowNanos;
        largeUnheard = 0;
        if (isLarge(packetBytes)) {
            largeLost = 0;
            smallArrived = 0;
        } else {
            smallArrived++;
        }
    }

    void lost(double packetBytes) {
        if (isLarge(packetBytes) && ++largeLost >= MANY_LARGE && smallArrived >= SOME_SMALL) {
            shrink();
        }
    }

    /** Packets were sent that no feedback will tell of. */
    void unnumbered(long nowNanos) {
        arrivedNanos = nowNanos;
        largeUnheard = 0;
    }

    /** The viewer spoke: where it tells of no packet at all, though large ones were sent, those are too large. */
    void heard(long nowNanos) {
        if (largeUnheard >= MANY_LARGE && nowNanos - arrivedNanos > SILENCE_NANOS) {
            shrink();
            arrivedNanos = nowNanos;
        }
    }

    /** Whether it would be smaller at the next level. */
    private boolean isLarge(double packetBytes) {
        return level < SIZES.length - 1 && packetBytes > SIZES[level + 1];
    }

    private void shrink() {
        level++;
        largeLost = 0;
        smallArrived = 0;
        largeUnheard = 0;
    }
}
