package dev.sightline.transport.socketio.engine;

/** The receiving end of one session. All calls are made in its serial order, one at a time; all do nothing by default. */
public interface EngineListener {
    /** A message of text. */
    default void onText(String message) throws MalformedPacketException {}

    /** A binary message; the array belongs to the listener. */
    default void onBinary(byte[] message) throws MalformedPacketException {}

    /** The session goes over to another event loop: whatever is bound to the present one has to let go of it. */
    default void onMoving() {}

    /** The session has gone over to another event loop. */
    default void onMoved() {}

    /** The session has ended; called exactly once. */
    default void onClose(String reason) {}
}
