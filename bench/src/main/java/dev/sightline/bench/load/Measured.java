package dev.sightline.bench.load;

/**
 * What the viewers saw in one period.
 *
 * @param viewers good viewers
 * @param lost viewers whose connection ended, since the last time anybody asked
 * @param seconds length of the period
 * @param frames pictures read by all good viewers
 * @param bytes bytes read by all good viewers
 * @param pace how evenly the good viewers got them
 * @param age from capture to the last byte read, over all pictures of good viewers
 * @param slow what the slow viewers saw
 */
public record Measured(int viewers, int lost, double seconds, long frames, long bytes, Pace pace, Age age, Slow slow) {

    /**
     * How good viewers got their pictures.
     *
     * @param fpsMin pictures a second of the viewer who got the fewest
     * @param fpsP1 of the viewer at the first percentile
     * @param fpsP50 of the viewer in the middle
     * @param gapMax milliseconds without a picture, the longest of any
     */
    public record Pace(double fpsMin, double fpsP1, double fpsP50, double gapMax) {}

    /**
     * Slow viewers' pictures.
     *
     * @param frames how many were read
     * @param ageP50 their age in milliseconds
     * @param ageMax their greatest age in milliseconds
     */
    public record Slow(long frames, double ageP50, double ageMax) {}

    /** Pictures a second, all good viewers together. */
    public double framesPerSecond() {
        return frames / seconds;
    }

    /** Mean size of a picture on the wire, in bytes. */
    public double bytesPerFrame() {
        return frames == 0 ? 0 : (double) bytes / frames;
    }
}
