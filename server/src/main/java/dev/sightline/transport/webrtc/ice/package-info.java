/**
 * ICE-lite (RFC 8445) of one peer: its checks are read and answered, the addresses from which they come are validated, and one of
 * them is chosen for media. It is given packets and the time, and sends through the tuples that it is given.
 */
@NullMarked
package dev.sightline.transport.webrtc.ice;

import org.jspecify.annotations.NullMarked;
