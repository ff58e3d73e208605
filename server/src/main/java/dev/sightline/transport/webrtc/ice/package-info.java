/**
 * ICE-lite (RFC 8445) of one peer: reads and answers its checks, validates the addresses they come from, and chooses one of
 * them for media. It takes packets and the time as arguments, and sends through the given tuples.
 */
@NullMarked
package dev.sightline.transport.webrtc.ice;

import org.jspecify.annotations.NullMarked;
