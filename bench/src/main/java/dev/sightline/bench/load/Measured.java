package dev.sightline.bench.load;

/**
 * What the viewers saw in one period.
 *
 * @param viewers good viewers
 * @param lost viewers whose connection ended, since the last time anybody asked
 * @param seconds length of the period
 * @param frames pictures read by all good viewers
 * @param bytes bytes read by all good viewers
 * @param fpsMin pictures a second of the viewer who got the fewest
 * @param fpsP1 of the viewer at the first percentile
 * @param fpsP50 of the viewer in the middle
 * @param gapMax milliseconds without a picture, the longest of any good viewer
 * @param ageP50 milliseconds from capture to the last byte read, over all pictures of good viewers
 * @param ageP99 the same, 99th percentile
 * @param slowFrames pictures read by slow viewers
 * @param slowAgeP50 their age in milliseconds
 * @param slowAgeMax their greatest age in milliseconds
 */
public record Measured(
        int viewers,
        int lost,
        double seconds,
        long frames,
        long bytes,
        double fpsMin,
        double fpsP1,
        double fpsP50,
        double gapMax,
        double ageP50,
        double ageP99,
        long slowFrames,
        double slowAgeP50,
        double slowAgeMax) {

    /** Pictures a second, all good viewers together. */
    public double framesPerSecond() {
        return frames / seconds;
    }

    /** Mean size of a picture on the wire, in bytes. */
    public double bytesPerFrame() {
        return frames == 0 ? 0 : (double) bytes / frames;
    }
}
