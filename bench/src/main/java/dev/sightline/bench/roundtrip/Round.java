package dev.sightline.bench.roundtrip;

import java.util.List;

/** All servers with one sender, and with many, in the servers' order. */
record Round(List<Sample> one, List<Sample> many) {}
