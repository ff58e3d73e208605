package dev.sightline.transport.socketio.engine;

/** A client's input violates the protocol or exceeds a limit; the session ends. */
public final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1;

    /** Describes the problem in words that fit after "malformed: ". */
    public MalformedPacketException(String what) {
        super(what, null, false, false);
    }
}
