package dev.sightline.bench.webrtc;

import java.util.List;

/**
 * What was found of Sightline and of the floor, in rounds that took turns.
 *
 * @param mine Sightline's rounds
 * @param floor the floor's
 * @param pipelineMillis what Sightline's processors and encoders take for a picture
 */
record Measurements(List<Round> mine, List<Round> floor, double pipelineMillis) {}
