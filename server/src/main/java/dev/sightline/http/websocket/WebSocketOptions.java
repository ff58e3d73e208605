package dev.sightline.http.websocket;

import java.util.List;

/**
 * What holds for the WebSockets of one route.
 *
 * @param subprotocols those understood, the best first
 * @param maxMessageBytes the longest incoming message; a longer one closes with 1009
 * @param whyNoMore why there may be no more bytes, for those who sent more; empty where the number says it all
 */
public record WebSocketOptions(List<String> subprotocols, int maxMessageBytes, String whyNoMore) {
    /** Without a reason for the limit. */
    public WebSocketOptions(List<String> subprotocols, int maxMessageBytes) {
        this(subprotocols, maxMessageBytes, "");
    }

    /** Copies the list. */
    public WebSocketOptions {
        subprotocols = List.copyOf(subprotocols);
    }
}
