package dev.sightline.bench.webrtc;

import java.util.List;

/**
 * What was found of Sightline and of the floor, in rounds that took turns.
 *
 * @param mine Sightline's rounds
 * @param floor the floor's
 */
record Measurements(List<Round> mine, List<Round> floor) {}
