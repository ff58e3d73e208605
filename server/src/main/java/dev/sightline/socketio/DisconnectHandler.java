package dev.sightline.socketio;

/** Learns about clients that left a namespace. */
@FunctionalInterface
public interface DisconnectHandler {
    /**
     * A client has left.
     *
     * @param reason as in the protocol: {@code transport close}, {@code ping timeout}, {@code client namespace disconnect},
     *     {@code server namespace disconnect}, {@code parse error: …} or {@code too slow}
     */
    void disconnected(Client client, String reason) throws Exception;
}
