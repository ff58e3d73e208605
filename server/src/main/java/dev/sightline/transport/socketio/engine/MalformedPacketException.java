package dev.sightline.transport.socketio.engine;

/** What a client sent is not the protocol, or exceeds a limit of it; the session ends. */
public final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1;

    /** With what is wrong, in words that fit after "malformed: ". */
    public MalformedPacketException(String what) {
        super(what, null, false, false);
    }
}
