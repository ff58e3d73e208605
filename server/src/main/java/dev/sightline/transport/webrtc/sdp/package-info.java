/** Session descriptions (RFC 8866, as used by RFC 8829): parses the other side's, judges it, and writes ours. */
@NullMarked
package dev.sightline.transport.webrtc.sdp;

import org.jspecify.annotations.NullMarked;
