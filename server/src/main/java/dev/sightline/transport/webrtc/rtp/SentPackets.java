package dev.sightline.transport.webrtc.rtp;

import org.jspecify.annotations.Nullable;

/**
 * Remembers which packet of which feed a viewer got under which of its last 1,024 sequence numbers; the packets
 * themselves stay with the feeds. On the media thread.
 */
final class SentPackets {
    private static final int SIZE = 1_024;

    private final @Nullable RtpFeed[] feeds = new @Nullable RtpFeed[SIZE];
    private final long[] seqs = new long[SIZE];
    private final long[] indices = new long[SIZE];
    private final long[] timestamps = new long[SIZE];
    private final long[] sentNanos = new long[SIZE];
    private final long[] againNanos = new long[SIZE];

    void add(long seq, RtpFeed feed, long index, long timestamp, long nowNanos) {
        int at = place(seq);
        feeds[at] = feed;
        seqs[at] = seq;
        indices[at] = index;
        timestamps[at] = timestamp;
        sentNanos[at] = nowNanos;
        againNanos[at] = Long.MIN_VALUE;
    }

    boolean knows(long seq) {
        return feeds[place(seq)] != null && seqs[place(seq)] == seq;
    }

    /** The packet, if it is known and its feed still keeps it. */
    @Nullable
    FeedPacket packet(long seq) {
        RtpFeed feed = knows(seq) ? feeds[place(seq)] : null;
        return feed == null ? null : feed.packet(indices[place(seq)]).orElse(null);
    }

    long timestamp(long seq) {
        return timestamps[place(seq)];
    }

    /** When it was sent first. */
    long sentNanos(long seq) {
        return sentNanos[place(seq)];
    }

    /** Whether it was sent again at or after the given instant. */
    boolean sentAgainSince(long seq, long nanos) {
        return againNanos[place(seq)] >= nanos;
    }

    /** Whether it was sent again at all. */
    boolean wasSentAgain(long seq) {
        return againNanos[place(seq)] != Long.MIN_VALUE;
    }

    void sentAgain(long seq, long nowNanos) {
        againNanos[place(seq)] = nowNanos;
    }

    private static int place(long seq) {
        return (int) (seq & SIZE - 1);
    }
}
