/**
 * The way of media packets to and from a peer: one port for all of them, ICE-lite (RFC 8445), DTLS (RFC 5764) and SRTP
 * (RFC 3711, RFC 7714). What goes through it, and what an SDP says, are others' business.
 */
@NullMarked
package dev.sightline.transport.webrtc.link;

import org.jspecify.annotations.NullMarked;
