package dev.sightline.bench.flood;

import dev.sightline.bench.load.Measured;
import dev.sightline.bench.load.Newcomers;

/**
 * How the server's users fared in one period.
 *
 * @param good viewers at an address of their own
 * @param neighbour the viewer at the flood's address
 * @param newcomers those who came meanwhile
 */
record Watched(Measured good, Measured neighbour, Newcomers newcomers) {}
