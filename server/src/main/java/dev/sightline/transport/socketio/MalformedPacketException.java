package dev.sightline.transport.socketio;

/** What a client sent is not the protocol, or exceeds a limit of it; the session ends. */
final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedPacketException(String what) {
        super(what, null, false, false);
    }
}
