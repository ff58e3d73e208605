package dev.sightline.worker;

/**
 * A message as it travels.
 *
 * @param internal whether it is between the two ends of the link, and not for those who use it
 */
record Envelope(boolean internal, Message message) {
    /** From the child, first of all: its token. */
    static final String HELLO = "hello";
    /** From the child: what takes long is loaded. */
    static final String READY = "ready";
    /** From the server: the work begins; with the worker's name. */
    static final String BEGIN = "begin";
    /** From the server, several times a second. */
    static final String PING = "ping";
    /** The child's answer. */
    static final String PONG = "pong";

    static Envelope internal(String kind, String text) {
        return new Envelope(true, Message.of(kind, text));
    }

    static Envelope internal(String kind) {
        return internal(kind, "");
    }

    boolean is(String kind) {
        return internal && message.kind().equals(kind);
    }
}
