package dev.sightline.transport.webrtc.transport;

import java.time.Duration;

/**
 * How long to wait for peers.
 *
 * @param connect from the opening of a transport until media can flow
 * @param handshake for the DTLS handshake
 * @param consent how long the peer of a transport may send neither an ICE check nor authentic media (consent freshness, RFC
 *     7675)
 * @param stranger how long a TCP connection may remain without a transport
 * @param look how often these limits are checked
 */
record Timeouts(Duration connect, Duration handshake, Duration consent, Duration stranger, Duration look) {
    /** A peer that does not come, or leaves silently, is gone within 30 s: the wait, a check, and time to spare. */
    static final Timeouts USUAL = new Timeouts(
            Duration.ofSeconds(26),
            Duration.ofSeconds(10),
            Duration.ofSeconds(26),
            Duration.ofSeconds(10),
            Duration.ofMillis(500));
}
