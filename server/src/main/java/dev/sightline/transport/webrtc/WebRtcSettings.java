package dev.sightline.transport.webrtc;

import dev.sightline.processor.Parameter;
import dev.sightline.transport.webrtc.transport.MediaSettings;
import java.util.List;

/**
 * How browsers reach this server by WebRTC.
 *
 * @param port for all media, by UDP and, where that is blocked, by TCP; 0 takes a free one
 * @param addresses at which this computer is reached, besides those it knows itself
 * @param maxSessions viewers and publishers at the same time; one more replaces one that has not connected yet, or is answered
 *     503
 * @param maxSessionsPerAddress those of them that one client address asked for
 * @param maxBitrate of the best rendition of 1280x720 that is encoded here, in kbit/s; other sizes in proportion
 */
public record WebRtcSettings(
        @Parameter(
                value = "The UDP port (and TCP, where UDP is blocked) for all media; 0 takes a free one.",
                byDefault = "8190",
                min = 0,
                max = 65535)
        int port,

        @Parameter("Further addresses this computer is reached by from outside, behind NAT or in a container.")
        List<String> addresses,

        @Parameter(
                value =
                        "How many viewers and publishers there may be at the same time; one more takes the place of one not yet connected, or is answered 503.",
                byDefault = "1000",
                min = 1,
                max = 100_000)
        int maxSessions,

        @Parameter(
                value = "How many of them may come from one address, behind which a whole school may be.",
                byDefault = "250",
                min = 1,
                max = 100_000)
        int maxSessionsPerAddress,

        @Parameter(
                value =
                        "The highest bit rate of 1280x720 encoded here, in kbit/s, where a viewer's line carries that; other sizes in proportion.",
                byDefault = "4000",
                min = 100,
                max = 100_000)
        int maxBitrate) {

    /** The defaults. */
    public static final WebRtcSettings DEFAULTS = new WebRtcSettings(8190, List.of(), 1_000, 250, 4_000);

    public WebRtcSettings {
        addresses = List.copyOf(addresses);
    }

    MediaSettings media(String host) {
        return new MediaSettings(host, port, addresses, maxSessions, maxSessionsPerAddress);
    }

    /** The same on another port. */
    public WebRtcSettings withPort(int other) {
        return new WebRtcSettings(other, addresses, maxSessions, maxSessionsPerAddress, maxBitrate);
    }

    /** The same with other addresses from outside. */
    public WebRtcSettings withAddresses(List<String> other) {
        return new WebRtcSettings(port, other, maxSessions, maxSessionsPerAddress, maxBitrate);
    }

    /** The same with another limit of sessions. */
    public WebRtcSettings withMaxSessions(int other) {
        return new WebRtcSettings(port, addresses, other, maxSessionsPerAddress, maxBitrate);
    }

    /** The same with another limit of sessions of one address. */
    public WebRtcSettings withMaxSessionsPerAddress(int other) {
        return new WebRtcSettings(port, addresses, maxSessions, other, maxBitrate);
    }

    /** The same with another highest bit rate. */
    public WebRtcSettings withMaxBitrate(int other) {
        return new WebRtcSettings(port, addresses, maxSessions, maxSessionsPerAddress, other);
    }

    int maxBitsPerSecond() {
        return maxBitrate * 1_000;
    }
}
