/** WebRTC: viewers and publishers by WHEP, WHIP and plain offers, all through one media port. */
@NullMarked
package dev.sightline.transport.webrtc;

import org.jspecify.annotations.NullMarked;
