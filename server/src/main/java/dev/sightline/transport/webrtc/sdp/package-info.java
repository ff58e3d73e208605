/** Session descriptions (RFC 8866, as RFC 8829 uses them): read what the other side says, judge it, write ours. */
@NullMarked
package dev.sightline.transport.webrtc.sdp;

import org.jspecify.annotations.NullMarked;
