package dev.sightline.http.websocket;

/** The receiver of one {@link WebSocket}. All calls are made on its executor, one at a time. */
public interface WebSocketListener {

    /** A complete text message. */
    default void onText(String message) {}

    /** A complete binary message; the array belongs to the listener. */
    default void onBinary(byte[] message) {}

    /** The kernel has taken the last byte of a frame passed to {@link WebSocket#send}. */
    default void onSent() {}

    /**
     * The connection is gone; nothing follows. Called exactly once.
     *
     * @param code the other side's close code, else the one sent; 1006 if the connection just broke
     */
    default void onClose(int code, String reason) {}
}
