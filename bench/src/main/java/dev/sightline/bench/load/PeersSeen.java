package dev.sightline.bench.load;

/**
 * What viewers over WebRTC, or of its floor, saw in one period. Times are in milliseconds.
 *
 * @param viewers those there when the period began
 * @param seconds its length
 * @param frames whole pictures of all viewers
 * @param broken pictures of which packets were missing
 * @param packets of all viewers
 * @param bytes of them
 * @param fpsMin pictures a second of the viewer who got the fewest
 * @param fpsP50 of the viewer in the middle
 * @param spreadP99 from a picture's first packet to its last, at one viewer
 * @param roundP50 from a picture's first packet at the first viewer to its last packet at the last viewer
 * @param roundP99 the same, 99th percentile
 * @param roundMax the same, at worst
 * @param roundsInTime the share of pictures all of whose packets reached all viewers within the interval of the pictures
 * @param ageP50 from a picture's capture to its last packet, over all viewers' pictures
 * @param ageP99 the same, 99th percentile
 */
public record PeersSeen(
        int viewers,
        double seconds,
        long frames,
        long broken,
        long packets,
        long bytes,
        double fpsMin,
        double fpsP50,
        double spreadP99,
        double roundP50,
        double roundP99,
        double roundMax,
        double roundsInTime,
        double ageP50,
        double ageP99) {

    /** Packets a second, all viewers together. */
    public double packetsPerSecond() {
        return packets / seconds;
    }

    /** Megabits a second for each viewer. */
    public double megabits() {
        return viewers == 0 ? 0 : bytes * 8 / seconds / viewers / 1e6;
    }

    /** Packets a picture. */
    public double packetsPerFrame() {
        return frames + broken == 0 ? 0 : (double) packets / (frames + broken);
    }

    /** Mean size of a packet. */
    public double bytesPerPacket() {
        return packets == 0 ? 0 : (double) bytes / packets;
    }
}
