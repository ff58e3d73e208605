package dev.sightline.http;

import dev.sightline.http.websocket.WebSocket;
import dev.sightline.http.websocket.WebSocketListener;

/** Takes in WebSockets. The handshake, the subprotocol and the origin are settled before it is called. */
@FunctionalInterface
public interface WebSocketHandler {
    /**
     * Judges a request before its handshake is answered; called on its event loop.
     *
     * @throws ProblemException to answer with that problem instead
     */
    default void check(Request request) {}

    /**
     * A WebSocket has opened; called on its event loop. It may send at once, or close.
     *
     * @return who receives what comes in
     * @throws Exception any failure: the WebSocket is closed with 1011
     */
    WebSocketListener open(Request request, WebSocket socket) throws Exception;
}
