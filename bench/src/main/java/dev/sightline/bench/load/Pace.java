package dev.sightline.bench.load;

/**
 * How a viewer reads.
 *
 * @param bytesPerSecond the most it reads; 0 means nothing at all after the first picture
 */
record Pace(long bytesPerSecond) {
    /** Whatever comes, at once. */
    static final Pace GOOD = new Pace(Long.MAX_VALUE);

    /** One who has stopped reading. */
    static final Pace STOPPED = new Pace(0);

    boolean isGood() {
        return equals(GOOD);
    }
}
