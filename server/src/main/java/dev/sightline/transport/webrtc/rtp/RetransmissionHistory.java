package dev.sightline.transport.webrtc.rtp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores which packets of which feed a viewer got under which sequence numbers, for its last 256 frames, so that they can be
 * retransmitted (RTX, RFC 4588). The packets themselves stay with the feeds. It is written for every frame and viewer, so it is
 * small and contiguous: with hundreds of viewers none of it is in the processor's cache. Used on the media thread.
 */
final class RetransmissionHistory {
    private static final int PICTURES = 256;
    private static final int MOST_AGAIN = 1_024;

    // The fields of a frame in the array of longs.
    private static final int FIRST_SEQ = 0;
    private static final int COUNT = 1;
    private static final int FIRST_INDEX = 2;
    private static final int TIMESTAMP = 3;
    private static final int SENT_NANOS = 4;
    private static final int FIELDS = 5;

    private static final int NONE = -1;

    private final @Nullable RtpFeed[] feeds = new @Nullable RtpFeed[PICTURES];
    private final long[] pictures = new long[PICTURES * FIELDS];
    private final Map<Long, Long> againNanos = new Again();
    private int next;
    private int size;

    /** A frame's packets were sent: this many with consecutive numbers, in the viewer's stream as in the feed. */
    void add(long firstSeq, int count, RtpFeed feed, long firstIndex, long timestamp, long nowNanos) {
        int at = next * FIELDS;
        feeds[next] = feed;
        pictures[at + FIRST_SEQ] = firstSeq;
        pictures[at + COUNT] = count;
        pictures[at + FIRST_INDEX] = firstIndex;
        pictures[at + TIMESTAMP] = timestamp;
        pictures[at + SENT_NANOS] = nowNanos;
        next = (next + 1) % PICTURES;
        size = Math.min(size + 1, PICTURES);
    }

    /** The packet, if it is known and its feed still stores it. */
    @Nullable
    FeedPacket packet(long seq) {
        int at = picture(seq);
        RtpFeed feed = at == NONE ? null : feeds[at];
        return feed == null
                ? null
                : feed.packet(of(at, FIRST_INDEX) + seq - of(at, FIRST_SEQ)).orElse(null);
    }

    /** The timestamp of a known packet. */
    long timestamp(long seq) {
        return of(picture(seq), TIMESTAMP);
    }

    /** When a known packet was first sent. */
    long sentNanos(long seq) {
        return of(picture(seq), SENT_NANOS);
    }

    /** Whether it was retransmitted at or after the given instant. */
    boolean sentAgainSince(long seq, long nanos) {
        Long again = againNanos.get(seq);
        return again != null && again >= nanos;
    }

    /** Whether it was ever retransmitted. */
    boolean wasSentAgain(long seq) {
        return againNanos.containsKey(seq);
    }

    void sentAgain(long seq, long nowNanos) {
        againNanos.put(seq, nowNanos);
    }

    /** The frame of a packet; NONE if it is unknown. A viewer may request thousands at once, so this is not a linear search. */
    private int picture(long seq) {
        int newer = 1;
        int older = size;
        while (newer <= older) {
            int back = (newer + older) >>> 1;
            int at = Math.floorMod(next - back, PICTURES);
            long after = seq - of(at, FIRST_SEQ);
            if (after < 0) {
                newer = back + 1;
            } else if (after < of(at, COUNT)) {
                return at;
            } else {
                older = back - 1;
            }
        }
        return NONE;
    }

    private long of(int picture, int field) {
        return pictures[picture * FIELDS + field];
    }

    /** The latest retransmissions. */
    private static final class Again extends LinkedHashMap<Long, Long> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MOST_AGAIN;
        }
    }
}
