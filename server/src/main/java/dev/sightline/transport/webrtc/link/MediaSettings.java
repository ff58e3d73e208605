package dev.sightline.transport.webrtc.link;

import dev.sightline.processor.Parameter;
import java.util.List;

/**
 * Where media packets come and go.
 *
 * @param host the address to bind
 * @param port UDP, and TCP of the same number; 0 takes a free one
 * @param addresses addresses to offer besides this computer's own
 * @param maxLinks links at the same time
 */
public record MediaSettings(
        @Parameter(
                value = "The address to take media on; 0.0.0.0 is all of this computer's, IPv6 included.",
                byDefault = "0.0.0.0")
        String host,

        @Parameter(
                value = "The UDP port for media, and the TCP port where UDP does not get through; 0 takes a free one.",
                byDefault = "8190",
                min = 0,
                max = 65535)
        int port,

        @Parameter("Further addresses browsers reach this computer by, such as the public one of a router in front.")
        List<String> addresses,

        @Parameter(
                value = "How many browsers may be connected at the same time; one more is answered 503.",
                byDefault = "2000",
                min = 1,
                max = 100_000)
        int maxLinks) {

    /** What holds where nothing is said. */
    public static final MediaSettings DEFAULTS = new MediaSettings("0.0.0.0", 8190, List.of(), 2_000);

    /** Copies the list. */
    public MediaSettings {
        addresses = List.copyOf(addresses);
    }

    /** The same on another port. */
    public MediaSettings withPort(int other) {
        return new MediaSettings(host, other, addresses, maxLinks);
    }

    /** The same on another address. */
    public MediaSettings withHost(String other) {
        return new MediaSettings(other, port, addresses, maxLinks);
    }
}
