package dev.sightline.app.configuration;

import java.util.OptionalInt;
import java.util.function.IntSupplier;

/**
 * One more address at which a stream can be watched.
 *
 * @param stream the stream's name
 * @param way how its frames travel there
 * @param port a port of its own; empty for the server's
 * @param path begins with a slash
 */
public record StreamAddress(String stream, Way way, OptionalInt port, String path) {

    /** How frames travel. */
    public sealed interface Way {

        /** As endless multipart/x-mixed-replace. */
        record Mjpeg() implements Way {}

        /** By WebSocket. */
        record WebSocket() implements Way {}

        /**
         * By WebSocket, as answers to the sender.
         *
         * @param quality of the JPEGs, 1 to 100, asked for every frame
         */
        record Answers(IntSupplier quality) implements Way {}

        /** By WebRTC, negotiated by posting JSON. */
        record Offer() implements Way {}
    }
}
