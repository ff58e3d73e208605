package dev.sightline.bench.load;

/**
 * What senders saw in one period.
 *
 * @param senders how many they were
 * @param lost of them, those whose connection ended
 * @param seconds length of the period
 * @param sent pictures sent, all together
 * @param skipped pictures that were due while the last one had not yet left
 * @param answered results that came
 * @param answerBytes mean size of a result on the wire
 * @param millis from the first byte sent to the last byte of the result read, all senders together
 */
public record RoundTrips(
        int senders,
        int lost,
        double seconds,
        long sent,
        long skipped,
        long answered,
        double answerBytes,
        Millis millis) {

    /**
     * Durations in milliseconds.
     *
     * @param p50 the median
     * @param p99 the 99th percentile
     * @param max the longest
     */
    public record Millis(double p50, double p99, double max) {}

    /** Pictures that nobody answered, and those that could not even be sent. */
    public long unserved() {
        return sent - answered + skipped;
    }
}
