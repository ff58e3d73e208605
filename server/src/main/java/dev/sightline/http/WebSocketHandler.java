package dev.sightline.http;

import dev.sightline.http.websocket.WebSocket;
import dev.sightline.http.websocket.WebSocketListener;

/** Accepts WebSockets. The handshake, the subprotocol and the origin are settled before it is called. */
@FunctionalInterface
public interface WebSocketHandler {
    /**
     * Judges a request before its handshake is answered; called on its event loop.
     *
     * @throws ProblemException to answer with that problem instead
     */
    default void check(Request request) {}

    /**
     * A WebSocket has opened; called on its event loop. The handler may send at once, or close.
     *
     * @return the receiver of its messages
     * @throws Exception on any failure: the WebSocket is closed with 1011
     */
    WebSocketListener open(Request request, WebSocket socket) throws Exception;
}
