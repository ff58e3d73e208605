package dev.sightline.http.websocket;

import java.util.List;

/**
 * The options for the WebSockets of one route.
 *
 * @param subprotocols those supported, best first
 * @param maxMessageBytes the longest incoming message; a longer one closes with 1009
 * @param whyNoMore the reason for the limit, for clients that sent more; empty if the number is enough
 */
public record WebSocketOptions(List<String> subprotocols, int maxMessageBytes, String whyNoMore) {
    /** Gives no reason for the limit. */
    public WebSocketOptions(List<String> subprotocols, int maxMessageBytes) {
        this(subprotocols, maxMessageBytes, "");
    }

    public WebSocketOptions {
        subprotocols = List.copyOf(subprotocols);
    }
}
