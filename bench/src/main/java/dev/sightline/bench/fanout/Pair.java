package dev.sightline.bench.fanout;

/** The same load on both servers, one after the other. */
record Pair(Sample sightline, Sample floor) {}
