package dev.sightline.stream.status;

import java.time.Instant;
import java.util.Optional;

/**
 * What can be said of a viewer at one moment.
 *
 * @param id unique in this process; what disconnects it
 * @param transport {@code mjpeg}, {@code jpeg}, {@code websocket}, {@code socketio}, {@code webrtc} or {@code metadata}
 * @param address its IPv4 address, or the network of its IPv6 address as {@code 2001:db8:0:1:0:0:0:0/64}; a trusted proxy's
 *     client has its own
 * @param since when it began to watch
 * @param rendition what it watches, {@code mjpeg source q80}
 * @param delivered frames handed to its transport
 * @param dropped frames it missed because it was not ready
 * @param latency how old frames are on its screen; missing until it reports that
 */
public record ViewerStatus(
        String id,
        String transport,
        String address,
        Instant since,
        String rendition,
        long delivered,
        long dropped,
        Optional<ViewerLatency> latency) {}
