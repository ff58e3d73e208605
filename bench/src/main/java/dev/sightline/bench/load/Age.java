package dev.sightline.bench.load;

/**
 * How old pictures were, in milliseconds.
 *
 * @param p50 the median
 * @param p99 the 99th percentile
 */
public record Age(double p50, double p99) {}
