package dev.sightline.transport.socketio.engine;

/**
 * What a client may send, which is little until it has shown what it is here for: one message and all together. Used in the
 * session's order, except for what says otherwise.
 */
final class FirstBytes {
    private final int mostAtFirst;
    private final int maxPayload;
    private volatile boolean trusted;
    private long received;

    /** The bytes that a client may send before it is trusted, and then in one message. */
    FirstBytes(int mostAtFirst, int maxPayload) {
        this.mostAtFirst = mostAtFirst;
        this.maxPayload = maxPayload;
    }

    /** Bytes of one message or POST at present; any thread. */
    int maxBytes() {
        return trusted ? maxPayload : mostAtFirst;
    }

    /** Why it is no more; empty for a client that is trusted. */
    String why() {
        return trusted ? "" : "a client in no namespace may send " + mostAtFirst + " bytes";
    }

    /** From now on it may send more; false if it might already. */
    boolean trust() {
        boolean first = !trusted;
        trusted = true;
        return first;
    }

    /** So many more have come. */
    void count(int bytes) throws MalformedPacketException {
        received += bytes;
        if (!trusted && received > mostAtFirst) {
            throw new MalformedPacketException(
                    "more than " + mostAtFirst + " bytes before the client was in a namespace");
        }
    }
}
