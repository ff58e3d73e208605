package dev.sightline.transport.webrtc.transport;

import java.time.Duration;

/**
 * How long peers are waited for.
 *
 * @param connect from the opening of a transport until media can flow
 * @param handshake for the DTLS handshake
 * @param consent how long the peer of a transport may send neither an ICE check nor authentic media (consent freshness, RFC 7675)
 * @param stranger how long a TCP connection may belong to no transport
 * @param look how often all this is looked after
 */
record Timeouts(Duration connect, Duration handshake, Duration consent, Duration stranger, Duration look) {
    /** Who does not come, or goes without a word, is gone within 30 s: the wait, a look, and time to spare. */
    static final Timeouts USUAL = new Timeouts(
            Duration.ofSeconds(26),
            Duration.ofSeconds(10),
            Duration.ofSeconds(26),
            Duration.ofSeconds(10),
            Duration.ofMillis(500));
}
