package dev.sightline.transport.webrtc.transport;

import java.util.List;

/**
 * The settings of the media port.
 *
 * @param host the address to bind
 * @param port UDP, and TCP of the same number; 0 takes a free one
 * @param addresses addresses to offer besides this computer's own
 * @param maxTransports transports at the same time
 * @param maxTransportsOfClient those of them that one address has asked for
 */
public record MediaSettings(
        String host, int port, List<String> addresses, int maxTransports, int maxTransportsOfClient) {

    public MediaSettings {
        addresses = List.copyOf(addresses);
    }

    /** The same on another port. */
    public MediaSettings withPort(int other) {
        return new MediaSettings(host, other, addresses, maxTransports, maxTransportsOfClient);
    }

    /** The same on another address. */
    public MediaSettings withHost(String other) {
        return new MediaSettings(other, port, addresses, maxTransports, maxTransportsOfClient);
    }
}
