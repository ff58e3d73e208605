package dev.sightline.transport.socketio.engine;

/** The receiver of one session. All calls are made in its serial order, one at a time; all do nothing by default. */
public interface EngineListener {
    default void onText(String message) throws MalformedPacketException {}

    /** A binary message; the array belongs to the listener. */
    default void onBinary(byte[] message) throws MalformedPacketException {}

    /** The session moves to another event loop: everything bound to the current one must be released. */
    default void onMoving() {}

    /** The session has moved to another event loop. */
    default void onMoved() {}

    /** The session has ended; called exactly once. */
    default void onClose(String reason) {}
}
