/**
 * DTLS 1.2 of one peer, by BouncyCastle: a handshake on its own thread, which produces keys for SRTP (RFC 5764), and the
 * goodbye at the end.
 */
@NullMarked
package dev.sightline.transport.webrtc.dtls;

import org.jspecify.annotations.NullMarked;
