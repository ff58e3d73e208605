package dev.sightline.transport.webrtc.link;

import java.util.List;

/**
 * Where media packets come and go.
 *
 * @param host the address to bind
 * @param port UDP, and TCP of the same number; 0 takes a free one
 * @param addresses addresses to offer besides this computer's own
 * @param maxLinks links at the same time
 * @param maxLinksOfClient those of them that one address has asked for
 */
public record MediaSettings(String host, int port, List<String> addresses, int maxLinks, int maxLinksOfClient) {

    /** Copies the list. */
    public MediaSettings {
        addresses = List.copyOf(addresses);
    }

    /** The same on another port. */
    public MediaSettings withPort(int other) {
        return new MediaSettings(host, other, addresses, maxLinks, maxLinksOfClient);
    }

    /** The same on another address. */
    public MediaSettings withHost(String other) {
        return new MediaSettings(other, port, addresses, maxLinks, maxLinksOfClient);
    }
}
