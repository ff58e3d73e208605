package dev.sightline.app;

import java.util.OptionalInt;

/**
 * One more address at which a stream can be watched.
 *
 * @param stream the stream's name
 * @param way how its pictures travel there
 * @param port a port of its own; empty for the server's
 * @param path where, beginning with a slash
 */
public record StreamAddress(String stream, Way way, OptionalInt port, String path) {

    /** How pictures travel. */
    public enum Way {
        /** Endless multipart/x-mixed-replace. */
        MJPEG,
        /** A WebSocket. */
        WEB_SOCKET
    }
}
