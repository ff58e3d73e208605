package dev.sightline.bench.webrtc;

import tools.jackson.databind.JsonNode;

/**
 * What the server tells of its own sending: the time from a picture's capture until its last packet has left to the last
 * viewer, of the last ten seconds' pictures, in milliseconds.
 *
 * @param p50 of half of them
 * @param p99 of all but one in a hundred
 * @param addedP50 the same without the time that the encoder took for that picture
 * @param addedP99 and of all but one in a hundred
 * @param sendingMax from the first viewer to the last, of the slowest
 */
record Delays(double p50, double p99, double addedP50, double addedP99, double sendingMax) {
    /** Of a server that tells none. */
    static final Delays NONE = new Delays(0, 0, 0, 0, 0);

    /** As {@code /api/webrtc} has it of the only stream that is watched. */
    static Delays of(JsonNode told) {
        JsonNode feed = told.path("feeds").path(0);
        JsonNode delay = feed.path("delayMillis");
        JsonNode added = feed.path("addedMillis");
        return new Delays(
                delay.path("p50").asDouble(),
                delay.path("p99").asDouble(),
                added.path("p50").asDouble(),
                added.path("p99").asDouble(),
                feed.path("sendingMillis").path("max").asDouble());
    }
}
