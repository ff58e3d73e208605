package dev.sightline.http;

import java.util.List;

/**
 * What holds for the WebSockets of one route.
 *
 * @param subprotocols those understood, the best first
 * @param maxMessageBytes the longest incoming message; a longer one closes with 1009
 */
public record WebSocketOptions(List<String> subprotocols, int maxMessageBytes) {

    /** Copies the list. */
    public WebSocketOptions {
        subprotocols = List.copyOf(subprotocols);
    }
}
