package dev.sightline.stream.status;

import java.time.Instant;

/**
 * What can be said of a stream's publisher at one moment.
 *
 * @param transport {@code websocket}, {@code socketio} or {@code webrtc}
 * @param address as of a {@link ViewerStatus}
 * @param since when it took its place
 * @param taken frames taken in
 * @param refused frames that were unusable
 */
public record PublisherStatus(String transport, String address, Instant since, long taken, long refused) {}
