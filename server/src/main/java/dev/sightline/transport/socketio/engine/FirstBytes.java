package dev.sightline.transport.socketio.engine;

/**
 * Limits a client's input to little until it has proved its purpose: one message and all together. Used in the session's order,
 * unless stated otherwise.
 */
final class FirstBytes {
    private final int mostAtFirst;
    private final int maxPayload;
    private volatile boolean trusted;
    private long received;

    /** Takes the limits in bytes: in all before a client is trusted, and then for one message. */
    FirstBytes(int mostAtFirst, int maxPayload) {
        this.mostAtFirst = mostAtFirst;
        this.maxPayload = maxPayload;
    }

    /** The most bytes of one message or POST now; any thread. */
    int maxBytes() {
        return trusted ? maxPayload : mostAtFirst;
    }

    /** The reason for the limit; empty for a trusted client. */
    String why() {
        return trusted ? "" : "a client in no namespace may send " + mostAtFirst + " bytes";
    }

    /** Trusts the client from now on; false if it was trusted already. */
    boolean trust() {
        boolean first = !trusted;
        trusted = true;
        return first;
    }

    /** Counts received bytes. */
    void count(int bytes) throws MalformedPacketException {
        received += bytes;
        if (!trusted && received > mostAtFirst) {
            throw new MalformedPacketException(
                    "more than " + mostAtFirst + " bytes before the client was in a namespace");
        }
    }
}
