package dev.sightline.bench.load;

/**
 * What viewers over WebRTC, or of its floor, saw in one period. Times are in milliseconds.
 *
 * @param viewers those there when the period began
 * @param seconds its length
 * @param counts of all viewers
 * @param pace how many pictures a second they got
 * @param rounds how long it took until a picture was everywhere
 * @param age from a picture's capture to its last packet, over all viewers' pictures
 */
public record PeersSeen(int viewers, double seconds, Counts counts, Pace pace, Rounds rounds, Age age) {

    /**
     * What came.
     *
     * @param frames whole pictures
     * @param broken pictures of which packets were missing
     */
    public record Counts(long frames, long broken, long packets, long bytes) {}

    /**
     * Pictures a second.
     *
     * @param min of the viewer who got the fewest
     * @param p50 of the viewer in the middle
     */
    public record Pace(double min, double p50) {}

    /**
     * Each picture's packets on their way.
     *
     * @param spreadP99 from a picture's first packet to its last, at one viewer
     * @param p50 from a picture's first packet at the first viewer to its last packet at the last viewer
     * @param p99 the same, 99th percentile
     * @param max the same, at worst
     * @param inTime the share of pictures all of whose packets reached all viewers within the interval of the pictures
     */
    public record Rounds(double spreadP99, double p50, double p99, double max, double inTime) {}

    /** Packets a second, all viewers together. */
    public double packetsPerSecond() {
        return counts.packets() / seconds;
    }

    /** Megabits a second for each viewer. */
    public double megabits() {
        return viewers == 0 ? 0 : counts.bytes() * 8 / seconds / viewers / 1e6;
    }

    /** Packets a picture. */
    public double packetsPerFrame() {
        long all = counts.frames() + counts.broken();
        return all == 0 ? 0 : (double) counts.packets() / all;
    }

    /** Mean size of a packet. */
    public double bytesPerPacket() {
        return counts.packets() == 0 ? 0 : (double) counts.bytes() / counts.packets();
    }
}
